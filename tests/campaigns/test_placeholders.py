from pathlib import Path

import pytest

from widget_server.campaigns.placeholders import MESSAGE_NAMES, WORDS_NAMES, fill, refused


def test_a_text_has_its_placeholders_filled_once() -> None:
    assert fill("{name}: {bill}", {"name": "{bill}", "bill": "S. 1"}) == "{bill}: S. 1"


@pytest.mark.parametrize("text", ["{nme}", "{name.id}", "{name!r}", "{0}", "{}", "{name", "name}"])
def test_whatever_is_not_on_the_list_is_refused(text: str) -> None:
    assert list(refused(text, MESSAGE_NAMES))


def test_every_placeholder_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "campaigns.md").read_text("utf-8")
    assert not [name for name in MESSAGE_NAMES | WORDS_NAMES if f"`{{{name}}}`" not in text]
