"""docs/api.md: every request in it, asked as it stands there; every answer as it says."""

import json
import os
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.api.conftest import Program
from tests.patience import becomes
from tools import curl

DOCUMENT = (Path(__file__).parents[2] / "docs" / "api.md").read_text()
REQUESTS = re.findall(r"^```sh\n(.*?)^```\n(?:\n```json\n(.*?)^```)?", DOCUMENT, re.M | re.S)


@dataclass(frozen=True)
class Answer:
    """What came back for the last request of a block, and how it went for each."""

    body: str
    statuses: list[int]


@pytest.fixture
def seen(program: Program) -> Program:
    """A partner whose widget came into view, so that there is something to count."""
    httpx.post(f"{program.origin}/w/{program.token}/shown").raise_for_status()
    headers = {"Authorization": f"Bearer {program.api_key}"}
    counts = f"{program.origin}/api/v1/counts"
    assert becomes(lambda: bool(httpx.get(counts, headers=headers).json()["days"]))
    return program


def test_every_request_is_answered_as_the_document_says(seen: Program, tmp_path: Path) -> None:
    curl.need()
    (tmp_path / ".curlrc").write_text('silent\nwrite-out = "%{stderr}%{http_code}\\n"\n')
    known = {"TOKEN": seen.token, "API_KEY": seen.api_key, "CURL_HOME": str(tmp_path)}
    for request, expected in REQUESTS:
        answer = ask(request.replace("https://HOST", seen.origin), known)
        refused = '"error"' in expected
        assert {status >= 400 for status in answer.statuses} == {refused}, (request, answer)
        body = json.loads(answer.body) if answer.body else None
        assert shape(body) == shape(json.loads(expected) if expected else None), request
        if body and "visit" in body:
            known["VISIT"] = body["visit"]


def ask(request: str, known: dict[str, str]) -> Answer:
    """Run a block of the document in a shell, as somebody would who pasted it."""
    done = subprocess.run(
        ["sh", "-eu", "-c", request],
        env={**os.environ, **known},
        capture_output=True,
        text=True,
        check=True,
    )
    return Answer(done.stdout, [int(line) for line in done.stderr.split()])


def shape(value: Any) -> Any:
    """Names and kinds; of a list, the kind of what is in it."""
    if isinstance(value, dict):
        return {name: shape(each) for name, each in value.items()}
    if isinstance(value, list):
        return [shape(each) for each in value[:1]]
    return type(value).__name__


@pytest.mark.parametrize("path", ["/api/v1/counts", "/api/v1/legislators", "/find", "/submit"])
def test_the_document_has_every_answer(path: str) -> None:
    assert [expected for request, expected in REQUESTS if path in request and expected]
