"""The snippet page in a real browser: it follows the options, and its preview counts nothing."""

import time
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.patience import becomes
from tests.serving import Served

AS_HIGH_AS_ITS_FRAME = "innerHeight == Math.ceil(document.body.getBoundingClientRect().height)"


@pytest.fixture
def snippet_page(shared: Served, page: Page) -> Page:
    page.goto(shared.dashboard_url)
    page.goto(f"{shared.origin}/partner/snippet")
    return page


def test_the_snippet_and_its_preview_follow_the_options(snippet_page: Page) -> None:
    snippet_page.get_by_label("Language", exact=True).select_option("es")
    expect(snippet_page.locator("figure code")).to_contain_text('lang="es"')
    heading = snippet_page.frame_locator(".stand iframe").get_by_role("heading", level=1)
    expect(heading).to_contain_text("represión")
    assert "language=es" in snippet_page.url


def test_the_preview_stands_in_three_widths_and_as_high_as_it_is(snippet_page: Page) -> None:
    frame = snippet_page.locator(".stand iframe")
    for width in (320, 480, 760):
        snippet_page.get_by_label(f"{width} px").check()
        expect(frame).to_have_css("width", f"{width}px")
        # The page's policy forbids to wait in the page.
        assert becomes(lambda: bool(snippet_page.frames[1].evaluate(AS_HIGH_AS_ITS_FRAME)))


def test_the_preview_counts_nothing(shared: Served, snippet_page: Page) -> None:
    before = shared.counts("--partner", "harbor-voices")["totals"]
    snippet_page.locator(".stand iframe").scroll_into_view_if_needed()
    snippet_page.frames[1].locator("h1").wait_for()
    time.sleep(2)  # as long as a view takes to be stored
    assert shared.counts("--partner", "harbor-voices")["totals"] == before


def test_without_scripts_the_form_does_the_same(
    shared: Served, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(shared.dashboard_url)
    page.goto(f"{shared.origin}/partner/snippet")
    page.get_by_label("Language", exact=True).select_option("es")
    page.get_by_label("Label of this place").fill("footer")
    page.get_by_role("button", name="Show it").click()
    expect(page.locator("figure code")).to_contain_text('lang="es" source="footer"')


def test_a_page_of_the_demo_is_checked(shared: Served, page: Page) -> None:
    page.goto(shared.dashboard_url)
    page.get_by_role("link", name="Check", exact=True).click()
    page.get_by_label("Address of the page").fill(shared.demo_url)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text("Everything is as it should be.")).to_be_visible()
