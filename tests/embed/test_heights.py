"""The frame is as high as its content, by itself, and the page does not jump."""

from collections.abc import Callable
from itertools import pairwise

from playwright.sync_api import Page

from tests.embed.hosts import Host
from tests.embed.widgets import FRAME, find, ready

#: Notes every height of the element, and every shift of the page that no visitor caused.
WATCH = """
window.heights = [];
window.shifts = [];
new PerformanceObserver((seen) => {
  shifts.push(...seen.getEntries().filter((entry) => !entry.hadRecentInput));
}).observe({ type: 'layout-shift', buffered: true });
addEventListener('DOMContentLoaded', () => new ResizeObserver(([seen]) => {
  heights.push(Math.round(seen.borderBoxSize[0].blockSize));
}).observe(document.querySelector('three-steps')));
"""
#: The page keeps the place itself, for the moment before the script is there.
RESERVED = "<style>three-steps { display: block; min-height: 700px }</style>"
Snippet = Callable[[str], str]

TEXT = "<p>Around it.</p>" * 30
SETTLED_MILLISECONDS = 400


def opened(page: Page, host: Host, pasted: str, head: str = "") -> None:
    page.add_init_script(f"if (window == top) {{ {WATCH} }}")
    page.goto(host.put(pasted + TEXT, head=head))


def settled(page: Page) -> list[int]:
    """Every height so far, once it stays as it is, or when that takes too long."""
    heights: list[int] = page.evaluate("heights")
    for _ in range(50):
        page.wait_for_timeout(SETTLED_MILLISECONDS)
        if heights == (heights := page.evaluate("heights")):
            break
    return heights


def test_nothing_moves_until_the_visitor_acts(page: Page, host: Host, snippet: Snippet) -> None:
    opened(page, host, snippet('height="700"'), head=RESERVED)
    ready(page)
    assert settled(page) == [700]
    assert page.evaluate("shifts") == []
    assert page.evaluate("scrollY") == 0
    assert page.evaluate("document.activeElement.localName") == "body"


def test_a_widget_far_below_leaves_the_page_at_its_top(
    page: Page, host: Host, snippet: Snippet
) -> None:
    page.goto(host.put(TEXT * 5 + snippet('loading="eager"')))
    ready(page)
    page.wait_for_timeout(SETTLED_MILLISECONDS)
    assert page.evaluate("scrollY") == 0


def test_heights_go_up_and_down_with_the_content_and_never_in_circles(
    page: Page, host: Host, snippet: Snippet
) -> None:
    opened(page, host, snippet('height="100"'))
    widget = ready(page)
    asked = settled(page)
    find(widget)
    found = settled(page)
    widget.get_by_role("link", name="Change ZIP code").click()
    again = settled(page)
    assert again[-1] == asked[-1] < found[-1]
    grown = found[len(asked) :]
    shrunk = again[len(found) :]
    assert all(before < after for before, after in pairwise(grown))
    assert all(before > after for before, after in pairwise(shrunk))


def test_the_frame_scrolls_nothing_inside(page: Page, host: Host, snippet: Snippet) -> None:
    opened(page, host, snippet('height="100"'))
    for width in (320, 768, 1200):
        page.set_viewport_size({"width": width, "height": 800})
        widget = ready(page)
        settled(page)
        inside = widget.locator("body").evaluate("body => body.getBoundingClientRect().height")
        outside = page.evaluate(f"{FRAME}.offsetHeight")
        assert 0 <= outside - inside < 2
