"""axe-core finds nothing, and leaves nothing undecided, in every cell of one table."""

from collections.abc import Iterator
from itertools import product
from typing import Any, Literal

import pytest
from playwright.sync_api import Page

from tests.accessibility.states import STATES, THEMES, Sites, State, in_turn
from tools import axe
from widget_server.web.desk import LANGUAGES

FORCED: tuple[Literal["none", "active"], ...] = ("none", "active")
FRAMED = [state for state in STATES if state.path.startswith("/w/")]
VIEWS = list(product(STATES, LANGUAGES))
FRAMED_VIEWS = in_turn(FRAMED)

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
EVERYTHING = {"runOnly": {"type": "tag", "values": TAGS}}
#: The same document in other colours: only what depends on them can change.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}

#: Without it axe does not speak with itself in a frame of another origin.
BETWEEN_ORIGINS = "axe.configure({allowedOrigins: ['<unsafe_all_origins>']})"

Options = dict[str, Any]
Cells = dict[str, dict[str, int]]


def name_of(view: object) -> str:
    return view.name if isinstance(view, State) else str(view)


@pytest.fixture(scope="module")
def cells() -> Iterator[Cells]:
    """What was found, by row and column; printed in the end."""
    found: Cells = {}
    yield found
    print("\naxe: violations + incomplete, by state and language")
    for row, columns in sorted(found.items()):
        print(f"{row:36}", *(f"{name} {count}" for name, count in columns.items()), sep="  ")


@pytest.fixture
def quiet_page(still_page: Page) -> Iterator[Page]:
    """The page, back in light colours and with no answer of ours left in its way."""
    yield still_page
    still_page.unroute_all()
    still_page.emulate_media(color_scheme="light", forced_colors="none")


def findings(page: Page, options: Options) -> list[str]:
    """Every node that breaks a rule or could not be decided, as a sentence."""
    found: dict[str, list[dict[str, Any]]] = page.evaluate(
        "options => axe.run({resultTypes: ['violations', 'incomplete'], ...options})", options
    )
    return [
        f"{kind}: {rule['id']} at {node['target']}: {node['html'][:200]}"
        for kind in ("violations", "incomplete")
        for rule in found[kind]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("state", "language"), VIEWS, ids=name_of)
def test_axe_finds_nothing(
    quiet_page: Page, sites: Sites, cells: Cells, state: State, language: str
) -> None:
    state.show(quiet_page, sites, language)
    quiet_page.evaluate(axe.source())
    row = cells[f"{state.name} [{language}]"] = {}
    complaints = []
    options = EVERYTHING
    for theme, forced in product(THEMES, FORCED):
        quiet_page.emulate_media(color_scheme=theme, forced_colors=forced)
        found = findings(quiet_page, options)
        column = theme if forced == "none" else f"{theme} forced"
        row[column] = len(found)
        complaints += [f"{column}: {finding}" for finding in found]
        options = COLOURS
    assert complaints == []


@pytest.mark.parametrize(("state", "language"), FRAMED_VIEWS, ids=name_of)
def test_axe_finds_nothing_on_the_partners_page_nor_in_its_frame(
    quiet_page: Page, sites: Sites, cells: Cells, state: State, language: str
) -> None:
    state.show_framed(quiet_page, sites, language)
    for frame in quiet_page.frames:
        frame.evaluate(f"{axe.source()}; {BETWEEN_ORIGINS}")
    found = findings(quiet_page, EVERYTHING)
    cells.setdefault(f"{state.name} [{language}]", {})["framed"] = len(found)
    assert found == []
