"""The shared cases follow twitter-text's own conformance suite; the browser runs them too."""

import json
from pathlib import Path

import pytest

from widget_server.compose.tweet import weighted_length

CASES: dict[str, int] = json.loads(
    (Path(__file__).parent.parent / "data" / "weighted-length.json").read_text("utf-8")
)


@pytest.mark.parametrize(("text", "length"), CASES.items())
def test_a_text_weighs_what_x_says(text: str, length: int) -> None:
    assert weighted_length(text) == length


@pytest.mark.parametrize("text", ["a" * 50_000, "a." * 25_000, "http://a/" * 5_000, "(/" * 9_000])
def test_a_hostile_text_is_weighed_in_linear_time(text: str) -> None:
    assert weighted_length(text) > 0
