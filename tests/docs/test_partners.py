"""What docs/partners.md tells receivers of webhooks, run as it stands there."""

import re
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from widget_server.web.webhooks import signature

DOCUMENT = (Path(__file__).parents[2] / "docs" / "partners.md").read_text()
SECRET, BODY = "whsec_abc", b'{"partner": "harbor-voices"}'

IsOurs = Callable[[str, str, bytes], bool]


@pytest.fixture
def is_ours() -> IsOurs:
    """The example's function."""
    (code,) = re.findall(r"^```python\n(.*?)^```$", DOCUMENT, re.M | re.S)
    names: dict[str, Any] = {}
    exec(compile(code, "partners.md", "exec"), names)
    return cast(IsOurs, names["is_ours"])


def test_a_delivery_of_ours_is_told_to_be(is_ours: IsOurs) -> None:
    assert is_ours(SECRET, signature(SECRET, int(time.time()), BODY), BODY)


def test_another_body_secret_or_time_is_not(is_ours: IsOurs) -> None:
    now = int(time.time())
    sent = signature(SECRET, now, BODY)
    assert not is_ours(SECRET, sent, BODY + b" ")
    assert not is_ours("whsec_other", sent, BODY)
    assert not is_ours(SECRET, sent.replace(f"t={now}", f"t={now - 1}"), BODY)


def test_an_old_delivery_is_not(is_ours: IsOurs) -> None:
    assert not is_ours(SECRET, signature(SECRET, int(time.time()) - 301, BODY), BODY)
