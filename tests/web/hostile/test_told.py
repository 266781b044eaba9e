"""What an operator reads of the hostile: one JSON object a line in the log, numbers at /metrics."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from tests.serving import UNLIMITED, Served, free_port, serving
from tests.web.hostile.payloads import PAYLOADS
from widget_server.server.logs import Line

#: In the short form, one of so many.
STEP = 10
#: A text as short as this stands in any log.
SHORT = 8
STEPS = ("find", "act", "submit")
METRIC = re.compile(r"#.*|[a-z_]+(?:\{[a-z_]+=\"[^\"\\\n]*\"(?:,[a-z_]+=\"[^\"\\\n]*\")*\})? \S+")


@pytest.fixture
def service(tmp_path: Path) -> Iterator[Served]:
    """A service as it is run, not a demo."""
    home = tmp_path / "home"
    with serving("serve", port=free_port(), home=home, environment=UNLIMITED) as running:
        yield running


@pytest.mark.soak
def test_neither_the_log_nor_the_metrics_repeat_what_was_sent(
    service: Served, soaking: bool
) -> None:
    payloads = PAYLOADS if soaking else PAYLOADS[::STEP]
    with httpx.Client(base_url=service.origin, trust_env=False) as client:
        for payload in payloads:
            send_everywhere(client, payload)
        metrics = client.get("/metrics").text
    greeting, *lines = service.log.read_text().splitlines()
    assert greeting.startswith("Threesteps on http")
    assert all(isinstance(json.loads(line), dict) for line in lines)
    assert [line for line in metrics.splitlines() if not METRIC.fullmatch(line)] == []
    told = "".join(lines) + metrics
    assert [each for each in payloads if len(each) > SHORT and each in told] == []


def test_whatever_is_said_of_a_file_stays_one_object_on_one_line() -> None:
    for payload in PAYLOADS:
        said = logging.LogRecord("threesteps", logging.WARNING, "", 1, "%s", (payload,), None)
        (line,) = Line().format(said).splitlines()
        assert json.loads(line)["message"].split() == payload.split()


def send_everywhere(client: httpx.Client, payload: str) -> None:
    """In a path, a query, every header that has a meaning, and every field."""
    quoted = quote(payload, safe="")
    headers = dict.fromkeys(("Referer", "User-Agent", "X-Forwarded-For", "Accept"), quoted)
    client.get(f"/w/{quoted}", params={"source": payload, "lang": payload}, headers=headers)
    client.get(f"/c/{quoted}")
    client.request(re.sub(r"[^A-Za-z]", "", payload)[:20].upper() or "GET", "/healthz")
    for step in STEPS:
        fields = dict.fromkeys(("visit", "zip", "kind", "legislator", "email", "name"), payload)
        client.post(f"/w/{quoted}/{step}", data=fields, headers=headers)
