"""Long texts, each as long as a request may be: none is worked on before its length is judged."""

import re
import unicodedata
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.web.hostile.requests import (
    ASKED_FOR,
    EVERYTHING,
    FORM,
    NAMES,
    PINNED,
    WHOLE,
    Asked,
    valid,
)
from tests.web.hostile.sender import Sender

#: More than any field takes.
LONGEST = 4_000
#: What normalising sorts, in the square of its length.
MARKS = "\u0301\u0316" * 2_500


@pytest.fixture
def normalized(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How long the texts were that were normalised, by whichever library."""
    lengths, normalize = [], unicodedata.normalize

    def spy(form: Any, text: str) -> str:
        lengths.append(len(text))
        return normalize(form, text)

    monkeypatch.setattr(unicodedata, "normalize", spy)
    return lengths


@pytest.mark.parametrize(("method", "path"), EVERYTHING)
def test_nothing_long_is_normalized(
    sender: Sender, normalized: list[int], method: str, path: str
) -> None:
    route = re.sub(r"\{\w+\}", lambda found: valid(found[0]), PINNED.get(path, path))
    for name in NAMES:
        sender.send([sender.spelt(_asked(method, route, name, f"https://a{MARKS}.example"))])
    assert max(normalized, default=0) <= LONGEST


def _asked(method: str, route: str, name: str, text: str) -> Asked:
    if method == "POST":
        form = urlencode({**WHOLE, name: text}).encode()
        return Asked(method, route, form, {"Content-Type": FORM})
    return Asked(method, f"{route}?{urlencode({**ASKED_FOR.get(route, {}), name: text})}")
