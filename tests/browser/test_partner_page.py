"""The partner's page in a real browser, behind the link that the demo prints."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served


@pytest.mark.parametrize("width", [320, 1200])
def test_nothing_is_wider_than_the_screen(
    served: Served, open_page: Callable[..., Page], width: int
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(served.dashboard_url)
    assert page.evaluate("document.documentElement.scrollWidth") == width


def test_the_policy_blocks_nothing_of_our_own(served: Served, page: Page) -> None:
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(served.dashboard_url)
    expect(page.get_by_role("heading", name="Harbor Voices")).to_be_visible()
    assert [text for text in messages if "Content Security Policy" in text] == []


def test_the_snippet_is_copied_with_a_click(served: Served, open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto(served.dashboard_url)
    page.get_by_role("link", name="Snippet").click()
    page.get_by_role("button", name="Copy the snippet").click()
    expect(page.get_by_role("status")).to_have_text("Copied ✓")
    assert page.evaluate("navigator.clipboard.readText()").startswith("<three-steps token=")


def test_without_scripts_the_snippet_is_there_to_select(
    served: Served, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(served.dashboard_url)
    page.get_by_role("link", name="Snippet").click()
    expect(page.get_by_role("button", name="Copy the snippet")).to_be_hidden()
    page.locator("figure code").click()
    expect(page.locator("figure code")).to_contain_text("<three-steps token=")


def test_the_days_unfold_as_a_table(served: Served, page: Page) -> None:
    page.goto(served.dashboard_url)
    page.get_by_text("The same as a table").click()
    expect(page.get_by_role("rowheader")).to_have_count(30)


def test_the_page_stays_open_after_the_link_is_gone(served: Served, page: Page) -> None:
    page.goto(served.dashboard_url)
    assert page.url == f"{served.origin}/partner"
    page.reload()
    expect(page.get_by_role("heading", name="Harbor Voices")).to_be_visible()
