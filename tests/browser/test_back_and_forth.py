"""Coming back from another page, as from X in an in-app browser, finds the view as it was left."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.test_bad_lines import SUCCESS, open_widget
from tests.conftest import launch
from tests.serving import Served
from tools import browsers

WAS_RESTORED = "addEventListener('pageshow', ({ persisted }) => { window.restored = persisted; })"

#: Playwright does not see into a frame that was restored. Greeted as after its load, the widget
#: answers with its height, which is that of the whole answer.
GREETED = """async () => {
  const element = document.querySelector('three-steps');
  const frame = element.shadowRoot.querySelector('iframe');
  const ready = new Promise((hear) => element.addEventListener('threesteps:ready', hear));
  frame.dispatchEvent(new Event('load'));
  await ready;
  return frame.offsetHeight;
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with the back/forward cache, which Playwright switches off."""
    path, without = browsers.need("chromium"), ["--disable-back-forward-cache"]
    with sync_playwright() as playwright:
        launched = launch(playwright, "chromium", path, ignore_default_args=without)
        yield launched
        launched.close()


def leave_and_return(page: Page, elsewhere: str) -> None:
    page.goto(elsewhere)
    page.go_back(wait_until="commit")
    assert page.evaluate("window.restored"), "the browser loaded the page anew"


def test_the_found_view_and_what_was_typed_are_still_there(served: Served, page: Page) -> None:
    page.add_init_script(WAS_RESTORED)
    open_widget(page, served)
    page.get_by_label("Name").fill("Ana Canary")
    leave_and_return(page, served.dashboard_url)
    expect(page.get_by_role("heading", name="Your legislators")).to_be_visible()
    expect(page.get_by_label("Name")).to_have_value("Ana Canary")
    page.get_by_role("button", name="Count me without my details").click()
    expect(page.get_by_role("heading", name=SUCCESS)).to_be_visible()


def test_a_partners_page_comes_back_with_the_widget_in_it(served: Served, page: Page) -> None:
    page.add_init_script(WAS_RESTORED)
    page.goto(served.demo_url)
    widget = page.frame_locator("three-steps iframe")
    widget.get_by_label("Your ZIP code").fill("94110")
    widget.get_by_role("button", name="Find", exact=True).click()
    expect(widget.get_by_role("heading", name="Your legislators")).to_be_visible()
    page.wait_for_timeout(300)
    before = page.evaluate(GREETED)
    assert before > 1_000
    leave_and_return(page, served.dashboard_url)
    assert page.evaluate(GREETED) == before
