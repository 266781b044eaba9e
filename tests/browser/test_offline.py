"""A visitor whose network goes away at the worst moment, and one who comes back to the page."""

from playwright.sync_api import Page, expect

from tests.browser.test_bad_lines import SUCCESS, open_widget
from tests.serving import Served


def test_a_submission_cut_off_is_kept_and_counted_once_on_return(
    served: Served, page: Page
) -> None:
    open_widget(page, served)
    page.get_by_label("Email", exact=True).fill("ana.canary@example.org")
    page.get_by_label("Name").fill("Ana Canary")
    page.context.set_offline(True)
    page.get_by_role("button", name="Count me in").click()
    expect(page.locator(".count .oops")).to_contain_text("Not saved yet. Trying again in")
    # Let a few tries fail, so that the next one is far away.
    page.wait_for_timeout(7_000)
    expect(page.get_by_label("Email", exact=True)).to_have_value("ana.canary@example.org")
    expect(page.get_by_label("Name")).to_have_value("Ana Canary")
    page.context.set_offline(False)
    expect(page.get_by_role("heading", name=SUCCESS)).to_be_visible(timeout=5_000)
    (partner,) = served.counts()
    assert partner["totals"]["submitted"] == 1
