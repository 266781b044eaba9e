"""Elements come, move and go: each works where it is, and leaves nothing behind."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.embed.hosts import Host, custom_element, div
from tests.embed.widgets import find, ready
from tests.serving import Served

#: Keeps what the loader has asked for and neither got nor given back, as `alive()`.
ACCOUNT = """
const listeners = new Set(), timers = new Set(), watching = new Set();
const ours = () => new Error().stack.includes('/embed.js');
const { addEventListener, removeEventListener, setTimeout, clearTimeout } = window;

window.addEventListener = (type, run, ...rest) => {
  if (ours()) listeners.add(run);
  addEventListener(type, run, ...rest);
};
window.removeEventListener = (type, run, ...rest) => {
  listeners.delete(run);
  removeEventListener(type, run, ...rest);
};
window.setTimeout = (run, delay, ...rest) => {
  const id = setTimeout(() => { timers.delete(id); run(...rest); }, delay);
  if (ours()) timers.add(id);
  return id;
};
window.clearTimeout = (id) => {
  timers.delete(id);
  clearTimeout(id);
};
window.IntersectionObserver = class extends IntersectionObserver {
  observe(target) {
    watching.add(this);
    super.observe(target);
  }
  disconnect() {
    watching.delete(this);
    super.disconnect();
  }
};
window.alive = () => [listeners.size, timers.size, watching.size];
"""
#: Listeners, timers and observers.
NOTHING = [0, 0, 0]
ONE_WIDGET = [1, 0, 0]
SHELVES = '<div id="a"></div><div id="b"></div>'


@pytest.fixture
def page(page: Page) -> Page:
    """A page that keeps account of what its scripts leave behind."""
    page.add_init_script(f"if (window == top) {{ {ACCOUNT} }}")
    return page


def alive(page: Page) -> Any:
    return page.evaluate("alive()")


def test_a_hundred_moves_leave_what_one_widget_needs(
    page: Page, host: Host, served: Served, token: str
) -> None:
    page.goto(host.put(SHELVES + custom_element(served.origin, token)))
    ready(page)
    assert alive(page) == ONE_WIDGET
    page.evaluate(
        """async () => {
          const element = document.querySelector('three-steps');
          for (let n = 0; n < 100; n += 1) {
            document.querySelector(n % 2 ? '#a' : '#b').append(element);
            if (n % 5 == 0) await new Promise(requestAnimationFrame);
          }
        }"""
    )
    find(ready(page))
    assert alive(page) == ONE_WIDGET


@pytest.mark.parametrize("wait", [0, 30, 1_000], ids=["at once", "while loading", "when ready"])
def test_a_removed_widget_leaves_nothing(
    page: Page, host: Host, served: Served, token: str, wait: int
) -> None:
    page.goto(host.put(custom_element(served.origin, token)))
    expect(page.locator("three-steps[data-state]")).to_have_count(1)
    page.wait_for_timeout(wait)
    page.evaluate("document.querySelector('three-steps').remove()")
    assert alive(page) == NOTHING


def test_a_widget_that_comes_back_works(page: Page, host: Host, served: Served, token: str) -> None:
    page.goto(host.put(custom_element(served.origin, token)))
    ready(page)
    page.evaluate("kept = document.querySelector('three-steps'), kept.remove()")
    page.evaluate("document.body.append(kept)")
    find(ready(page))
    assert alive(page) == ONE_WIDGET


def test_a_new_body_brings_its_own_widget(
    page: Page, host: Host, served: Served, token: str
) -> None:
    page.goto(host.put(custom_element(served.origin, token)))
    ready(page)
    # As Turbo does: the new page's body in place of the old, its scripts run anew.
    page.evaluate(
        """html => {
          const parsed = new DOMParser().parseFromString(html, 'text/html');
          document.body.replaceWith(document.adoptNode(parsed.body));
          for (const old of document.body.querySelectorAll('script')) {
            const script = document.createElement('script');
            script.src = old.src;
            old.replaceWith(script);
          }
        }""",
        div(served.origin, token),
    )
    find(ready(page))
    assert alive(page) == ONE_WIDGET


def test_a_copy_of_the_page_from_before_starts_over(
    page: Page, host: Host, served: Served, token: str
) -> None:
    page.goto(host.put(custom_element(served.origin, token)))
    ready(page)
    page.evaluate("document.body.replaceWith(document.body.cloneNode(true))")
    find(ready(page))
    assert alive(page) == ONE_WIDGET


def test_several_widgets_go_their_own_ways(
    page: Page, host: Host, served: Served, token: str
) -> None:
    page.goto(host.put(custom_element(served.origin, token) + div(served.origin, token)))
    first, second = ready(page), ready(page, 1)
    find(second)
    expect(second.locator(".card").first).to_be_visible()
    expect(first.locator(".card")).to_have_count(0)
    heights = page.evaluate(
        "[...document.querySelectorAll('three-steps')].map((element) => element.offsetHeight)"
    )
    assert heights[1] > heights[0] + 300


def test_the_page_gets_no_global(page: Page, host: Host, served: Served, token: str) -> None:
    page.goto(host.put("<p>Nothing here.</p>"))
    before = set(page.evaluate("Object.keys(window)"))
    page.goto(host.put(custom_element(served.origin, token)))
    ready(page)
    assert set(page.evaluate("Object.keys(window)")) - before == set()
