"""The partner's page in a real browser, behind the link that the demo prints."""

from collections.abc import Callable

import httpx
import pytest
from playwright.sync_api import Locator, Page, expect

from tests import clipboard
from tests.serving import Served
from widget_server.model import COUNT_KINDS

#: How much has moved on the page since it was loaded, by no act of the reader's.
SHIFTED = """() => new Promise((tell) => {
  const loaded = performance.getEntriesByType('navigation')[0].loadEventEnd;
  const seen = (list) => list.getEntries()
    .filter((entry) => entry.startTime > loaded && !entry.hadRecentInput)
    .reduce((sum, entry) => sum + entry.value, 0);
  let sum = 0;
  new PerformanceObserver((list) => { sum += seen(list); })
    .observe({ type: 'layout-shift', buffered: true });
  setTimeout(() => tell(sum), 100);
})"""


def find(served: Served, label: str = "") -> None:
    """A visitor learns who speaks for them."""
    address = f"{served.origin}/w/{served.token}/find"
    answer = httpx.post(address, params={"source": label}, data={"zip": "94110"}, trust_env=False)
    assert answer.is_success


def number(page: Page, word: str) -> Locator:
    return page.locator(f"dt:text-is('{word}') + dd")


@pytest.mark.parametrize("width", [320, 1200])
def test_nothing_is_wider_than_the_screen(
    shared: Served, open_page: Callable[..., Page], width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(shared.dashboard_url)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_policy_blocks_nothing_of_our_own(shared: Served, page: Page) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(shared.dashboard_url)
    expect(page.get_by_role("heading", name="Harbor Voices")).to_be_visible()
    assert [text for text in messages if "Content Security Policy" in text] == []


def test_the_snippet_is_copied_with_a_click(shared: Served, open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(shared.dashboard_url)
    page.get_by_role("link", name="Snippet").click()
    page.get_by_role("button", name="Copy the snippet").click()
    expect(page.get_by_role("status")).to_have_text("Copied ✓")
    assert clipboard.pasted(page).startswith("<three-steps token=")


def test_without_scripts_the_snippet_is_there_to_select(
    shared: Served, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(shared.dashboard_url)
    page.get_by_role("link", name="Snippet").click()
    expect(page.get_by_role("button", name="Copy the snippet")).to_be_hidden()
    page.locator("figure code").click()
    expect(page.locator("figure code")).to_contain_text("<three-steps token=")


def test_the_days_unfold_as_a_table(shared: Served, page: Page) -> None:
    page.goto(shared.dashboard_url)
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("rowheader")).to_have_count(30)


def test_the_page_stays_open_after_the_link_is_gone(shared: Served, page: Page) -> None:
    page.goto(shared.dashboard_url)
    assert page.url == f"{shared.origin}/partner"
    page.reload()
    expect(page.get_by_role("heading", name="Harbor Voices")).to_be_visible()


def test_the_numbers_move_while_the_partner_watches(served: Served, page: Page) -> None:
    page.goto(served.dashboard_url)
    page.get_by_text("The same as a table").click()
    page.get_by_label("Add a site").fill("news.exam")
    expect(number(page, "Found")).to_have_text("0")
    find(served)
    expect(number(page, "Found")).to_have_text("1")
    assert page.evaluate(SHIFTED) == 0
    expect(page.get_by_role("rowheader")).to_have_count(30)
    expect(page.get_by_label("Add a site")).to_have_value("news.exam")
    expect(page.get_by_label("Add a site")).to_be_focused()


def test_a_label_appears_while_the_partner_watches(shared: Served, page: Page) -> None:
    page.goto(shared.dashboard_url)
    find(shared, "footer")
    expect(page.get_by_role("rowheader", name="footer")).to_be_visible()


def test_nothing_is_asked_for_while_nobody_can_see_it(shared: Served, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(shared.dashboard_url)
    page.evaluate("Object.defineProperty(document, 'hidden', { value: true, writable: true })")
    asked.clear()
    page.wait_for_timeout(3_500)
    assert asked == []
    with page.expect_request("**/partner/live*"):
        page.evaluate(
            "document.hidden = false; document.dispatchEvent(new Event('visibilitychange'))"
        )


def test_a_lost_connection_is_said_and_passes(shared: Served, page: Page) -> None:
    page.goto(shared.dashboard_url)
    page.context.set_offline(True)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("No connection")).to_be_visible()
    page.context.set_offline(False)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("The numbers move while you watch")).to_be_visible()


def test_without_scripts_everything_is_there(
    served: Served, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(served.dashboard_url)
    find(served)
    page.wait_for_timeout(1_500)
    page.get_by_role("link", name="Weeks").click()
    expect(number(page, "Found")).to_have_text("1")
    page.get_by_label("Add a site").fill("https://news.example.org")
    page.get_by_role("button", name="Add", exact=True).click()
    page.get_by_role("button", name="Remove https://news.example.org").click()
    expect(page.get_by_role("button", name="Remove")).to_have_count(0)
    page.get_by_role("button", name="Sign out", exact=True).click()
    expect(page.get_by_role("heading", name="Please open your link again")).to_be_visible()


def test_the_page_says_what_the_command_says(served: Served, page: Page) -> None:
    for label in ("", "footer"):
        find(served, label)
    page.goto(served.dashboard_url)
    expect(number(page, "Found")).to_have_text("2")
    (counts,) = served.counts()
    shown = page.locator("dt + dd").all_inner_texts()
    assert sorted(shown) == sorted(str(counts["totals"][kind]) for kind in COUNT_KINDS)
