"""What our scripts may not do in anybody's browser, read from their source."""

import re
from pathlib import Path

import pytest

SCRIPTS = sorted((Path(__file__).parents[2] / "widget_js").glob("*.js"))

#: Storage of any kind, and the handlers that keep a page out of the back/forward cache.
FORBIDDEN = re.compile(
    r"unload|localStorage|sessionStorage|cookie|indexedDB|\bcaches\b|serviceWorker", re.I
)


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_a_script_stores_nothing_and_does_not_wait_for_the_end_of_the_page(script: Path) -> None:
    lines = script.read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if FORBIDDEN.search(line)] == []
