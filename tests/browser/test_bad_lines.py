"""What the script does when the network, the server or somebody between misbehaves."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests import clipboard
from tests.serving import Served

SUCCESS = "Thank you! Your submission has been received!"
Answer = Callable[[Route], None]


def open_widget(page: Page, served: Served, place: str = "94110") -> None:
    """The campaign's own page, attributed to the demo's partner, with an answer."""
    page.goto(served.demo_url)
    address = page.locator("three-steps a").get_attribute("href")
    page.goto(str(address))
    find(page, place)


def find(page: Page, place: str) -> None:
    page.locator(".ask").get_by_label("Your ZIP code").fill(place)
    page.get_by_role("button", name="Find", exact=True).click()
    page.locator(".stage h2").wait_for()


def first_time(page: Page, step: str, answer: Answer) -> list[str]:
    """Answer the first request of a step like this, and let the later ones through."""
    tried: list[str] = []

    def handle(route: Route) -> None:
        tried.append(route.request.post_data or "")
        if len(tried) == 1:
            answer(route)
        else:
            route.continue_()

    page.route(re.compile(rf"/{step}\b"), handle)
    return tried


NOT_OURS: dict[str, Answer] = {
    "a captive portal": lambda route: route.fulfill(status=200, body="<h2>Hotel WiFi</h2>"),
    "a rate limiter's page": lambda route: route.fulfill(status=429, body="<h1>Slow down</h1>"),
    "a gateway's page": lambda route: route.fulfill(status=502, body="<h1>Bad gateway</h1>"),
    "an empty answer": lambda route: route.fulfill(status=200, body=""),
    "a cut line": lambda route: route.abort(),
}


@pytest.mark.parametrize("answer", NOT_OURS.values(), ids=NOT_OURS.keys())
def test_an_answer_that_is_not_ours_is_asked_for_again(
    shared: Served, page: Page, answer: Answer
) -> None:
    open_widget(page, shared)
    tried = first_time(page, "submit", answer)
    page.get_by_role("button", name="Count me without my details").click()
    expect(page.locator(".count .oops")).to_contain_text("Not saved yet. Trying again in")
    expect(page.get_by_role("heading", name=SUCCESS)).to_be_visible()
    assert len(tried) == 2


def test_pressing_again_ends_the_wait(shared: Served, page: Page) -> None:
    open_widget(page, shared)
    busy = {"Retry-After": "30", "Content-Type": "application/json"}
    body = '{"error": {"code": "unavailable", "message": "", "field": null}}'
    first_time(page, "submit", lambda route: route.fulfill(status=503, headers=busy, body=body))
    button = page.get_by_role("button", name="Count me without my details")
    button.click()
    expect(page.locator(".count .oops")).to_contain_text("Trying again in 30 s")
    button.click()
    expect(page.get_by_role("heading", name=SUCCESS)).to_be_visible()


def test_a_campaign_without_a_key_says_so_and_does_not_insist(shared: Served, page: Page) -> None:
    open_widget(page, shared)
    body = '{"error": {"code": "no_campaign_key", "message": "No details now.", "field": null}}'
    tried = first_time(page, "submit", lambda route: route.fulfill(status=503, body=body))
    page.get_by_label("Email", exact=True).fill("ana@example.org")
    page.get_by_role("button", name="Count me in").click()
    expect(page.locator(".count .oops")).to_have_text(
        "Oops! Something went wrong while submitting the form. No details now."
    )
    page.wait_for_timeout(2500)
    assert len(tried) == 1


def test_only_the_latest_question_is_answered(shared: Served, page: Page) -> None:
    open_widget(page, shared, "57638")
    first_time(page, "find", lambda route: route.abort())
    page.get_by_role("button", name="North Dakota").click()
    expect(page.locator(".choose .oops")).to_contain_text("Trying again")
    page.get_by_role("link", name="Change ZIP code").click()
    find(page, "94110")
    page.wait_for_timeout(3000)
    expect(page.locator(".card").first).to_contain_text("Nancy Pelosi")


def test_an_act_is_not_lost_with_its_first_request(shared: Served, page: Page) -> None:
    open_widget(page, shared)
    tried = first_time(page, "act", lambda route: route.fulfill(status=503, body="busy"))
    with page.expect_popup():
        page.get_by_role("button", name="Post on X").first.click()
    with page.expect_response(re.compile("/act"), timeout=20_000) as second:
        pass
    assert second.value.status == 204
    assert len(tried) == 2


def test_after_a_submission_the_next_person_is_another_visit(served: Served, page: Page) -> None:
    open_widget(page, served)
    page.get_by_role("button", name="Count me without my details").click()
    expect(page.get_by_role("heading", name=SUCCESS)).to_be_visible()
    page.get_by_role("link", name="Change ZIP code").click()
    find(page, "10001")
    page.locator(".count").get_by_role("button", name="without my details").click()
    expect(page.get_by_role("heading", name=SUCCESS)).to_be_visible()
    (partner,) = served.counts()
    assert partner["totals"]["submitted"] == 2


def test_a_page_that_was_posted_goes_on_with_what_it_knows(
    shared: Served, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(shared.demo_url)
    page.goto(str(page.locator("three-steps a").get_attribute("href")))
    # As on a bad line: the form is sent before the script has come.
    page.evaluate("document.querySelector('.ask [name=zip]').value = '94110'")
    page.evaluate("document.querySelector('.ask').submit()")
    page.locator(".card").first.wait_for()
    before = page.get_by_label("Your post").first.input_value()
    page.get_by_role("button", name="Another text").first.click()
    assert page.get_by_label("Your post").first.input_value() != before
    with page.expect_response(re.compile("/act")) as act, page.expect_popup():
        page.get_by_role("button", name="Post on X").first.click()
    assert act.value.status == 204


def test_the_link_to_share_is_copied(shared: Served, open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    open_widget(page, shared)
    page.get_by_role("button", name="Count me without my details").click()
    page.locator(".thanks").get_by_role("button", name="Copy").click()
    expect(page.locator(".thanks").get_by_role("button", name="Copied ✓")).to_be_visible()
    assert "/c/hketo?t=" in clipboard.pasted(page)


def test_what_was_edited_comes_back_after_all_the_others(shared: Served, page: Page) -> None:
    open_widget(page, shared)
    post = page.get_by_label("Your post").first
    post.fill("My own words.")
    for _ in range(6):
        page.get_by_role("button", name="Another text").first.click()
    expect(post).to_have_value("My own words.")


def test_an_older_safari_sends_the_button_that_was_pressed(shared: Served, page: Page) -> None:
    page.add_init_script(
        "Object.defineProperty(SubmitEvent.prototype, 'submitter', {value: undefined})"
    )
    open_widget(page, shared, "57638")
    page.get_by_role("button", name="South Dakota").click()
    expect(page.get_by_role("heading", name="Your legislators")).to_be_visible()


def test_marked_as_sent_stays_so(shared: Served, page: Page) -> None:
    open_widget(page, shared)
    with page.expect_popup():
        page.get_by_role("button", name="Post on X").first.click()
    page.get_by_role("button", name="I sent it").first.click()
    page.get_by_role("button", name="Count me without my details").click()
    expect(page.locator(".thanks")).to_be_visible()
    expect(page.locator(".act.done .tick").first).to_have_text("Marked as sent")
