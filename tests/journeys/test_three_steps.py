"""The whole main job, in a real browser: a partner's page on one origin, the widget on another."""

import re
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import FrameLocator, Page, Route, expect

from tests import clipboard
from tests.patience import becomes
from tests.serving import Served

SUCCESS = "Thank you! Your submission has been received!"
ONE_OF_EACH = {"found": 1, "acted": 1, "tweet": 1, "email": 1, "submitted": 1, "supporters": 1}


def widget_on(page: Page, served: Served) -> FrameLocator:
    page.goto(served.demo_url)
    frame = page.frame_locator("three-steps iframe")
    expect(frame.get_by_role("heading", level=1)).to_contain_text("Reject China's")
    return frame


def find(frame: FrameLocator, place: str = "94110") -> None:
    frame.get_by_label("Your ZIP code").fill(place)
    frame.get_by_role("button", name="Find").click()


def counts_of(served: Served, **expected: int) -> dict[str, int]:
    """The partner's totals once they are as expected, or as they are when that takes too long."""

    def totals() -> dict[str, int]:
        (partner,) = served.counts()
        found: dict[str, int] = partner["totals"]
        return found

    becomes(lambda: expected.items() <= totals().items())
    return totals()


def test_find_tweet_email_and_submit_count_one_of_each(
    served: Served, open_page: Callable[..., Page]
) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    frame = widget_on(page, served)
    find(frame)
    expect(frame.get_by_role("heading", name="Your legislators")).to_be_focused()

    opened: list[str] = []
    page.context.on("request", lambda request: opened.append(request.url))
    post = frame.get_by_label("Your post").first
    post.fill("As a constituent I ask @SpeakerPelosi to cosponsor H.R. 2661. Thank you!")
    with page.expect_popup():
        frame.get_by_role("button", name="Post on X").first.click()
    expect(frame.locator(".card[open] .act").first).to_contain_text("Opened")
    posts = [url for url in opened if "//x.com/" in url]
    assert parse_qs(urlsplit(posts[0]).query)["text"] == [
        "As a constituent I ask @SpeakerPelosi to cosponsor H.R. 2661. Thank you!"
    ]

    card = frame.locator(".card[open]")
    card.get_by_text("Email", exact=True).click()
    card.get_by_label("Why this matters to me").fill("My aunt taught me to speak up.")
    letter = card.get_by_label("Letter").input_value()
    assert "\n\nMy aunt taught me to speak up.\n\n" in letter
    with page.expect_popup():
        card.get_by_role("link", name="Copy and open their website").click()
    assert clipboard.pasted(page).replace("\r\n", "\n") == letter

    frame.get_by_label("Email", exact=True).fill("ana.canary@example.org")
    frame.get_by_label("Name").fill("Ana Canary")
    expect(frame.locator("#zip2")).to_have_value("94110")
    frame.get_by_role("button", name="Count me in").click()
    expect(frame.get_by_role("heading", name=SUCCESS)).to_be_focused()
    expect(frame.locator(".thanks")).to_contain_text("messages to 1 of 3 legislators")

    totals = counts_of(served, shown=1, **ONE_OF_EACH)
    assert totals == {"shown": 1, "call": 0, "share": 0, "overlap": 0, **ONE_OF_EACH}
    dashboard = page.context.new_page()
    dashboard.goto(served.dashboard_url)
    for name in ("Shown", "Found", "Acted", "Submitted", "Supporters", "Tweets", "Emails"):
        expect(dashboard.locator(f"dt:text-is('{name}') + dd")).to_have_text("1")


def test_the_same_journey_without_scripts(served: Served, open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(served.demo_url)
    link = page.locator("three-steps a")
    expect(link).to_be_visible()
    page.goto(str(link.get_attribute("href")))
    page.get_by_label("Your ZIP code").fill("94110")
    page.get_by_role("button", name="Find").click()

    card = page.locator(".card[open]")
    card.get_by_label("Your post").fill("Please cosponsor H.R. 2661, a constituent asks.")
    opened: list[str] = []
    page.context.on("request", lambda request: opened.append(request.url))
    with page.expect_popup():
        card.get_by_role("button", name="Post on X").click()
    assert any("text=Please+cosponsor" in url for url in opened)
    card.get_by_role("button", name="Done").first.click()
    expect(page.locator(".card[open] .act").first).to_contain_text("Opened")

    card.get_by_text("Email", exact=True).click()
    card.locator("[data-act^=email]").get_by_role("button", name="Done").click()
    expect(page.locator(".act.done")).to_have_count(2)
    page.get_by_label("Email", exact=True).fill("ana.canary@example.org")
    page.get_by_role("button", name="Count me in").click()
    expect(page.get_by_role("heading", name=SUCCESS)).to_be_visible()
    expect(page.locator(".thanks")).to_contain_text("messages to 1 of 3 legislators")

    totals = counts_of(served, **ONE_OF_EACH)
    assert totals == {"shown": 0, "call": 0, "share": 0, "overlap": 0, **ONE_OF_EACH}


def test_a_double_click_submits_once(served: Served, page: Page) -> None:
    frame = widget_on(page, served)
    find(frame)
    frame.get_by_role("button", name="Count me without my details").dblclick()
    expect(frame.get_by_role("heading", name=SUCCESS)).to_be_visible()
    assert counts_of(served, submitted=1)["submitted"] == 1


def test_a_lost_answer_is_asked_for_again_and_counted_once(served: Served, page: Page) -> None:
    frame = widget_on(page, served)
    find(frame)
    tries: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        tries.append(route.request.url)
        if len(tries) == 1:
            route.fetch()
            route.abort()
        else:
            route.continue_()

    page.context.route(re.compile("/submit"), lose_the_first_answer)
    frame.get_by_label("Email", exact=True).fill("ana.canary@example.org")
    frame.get_by_role("button", name="Count me in").click()
    expect(frame.locator(".oops").last).to_contain_text("Oops! Something went wrong")
    expect(frame.locator(".oops").last).to_contain_text("Not saved yet")
    expect(frame.get_by_label("Email", exact=True)).to_have_value("ana.canary@example.org")
    expect(frame.get_by_role("heading", name=SUCCESS)).to_be_visible()
    assert len(tries) == 2
    assert counts_of(served, submitted=1)["submitted"] == 1


def test_a_wrong_address_is_said_at_its_field_and_nothing_is_lost(
    served: Served, page: Page
) -> None:
    frame = widget_on(page, served)
    find(frame)
    frame.get_by_label("Email", exact=True).fill("ana at example")
    frame.get_by_label("Name").fill("Ana")
    frame.get_by_role("button", name="Count me in").click()
    email = frame.get_by_label("Email", exact=True)
    expect(email).to_be_focused()
    expect(email).to_have_attribute("aria-invalid", "true")
    expect(frame.locator("#email-fault")).to_contain_text("Please enter an email address")
    expect(frame.get_by_label("Name")).to_have_value("Ana")
    assert counts_of(served)["submitted"] == 0


def test_a_split_zip_asks_and_takes_the_visitors_word(served: Served, page: Page) -> None:
    frame = widget_on(page, served)
    find(frame, "57638")
    expect(frame.get_by_role("heading", name="spans several districts")).to_be_visible()
    expect(frame.locator(".card")).to_have_count(0)
    frame.get_by_role("button", name="South Dakota").click()
    expect(frame.get_by_role("heading", name="Your legislators")).to_be_visible()
    expect(frame.locator(".card")).to_have_count(3)
    assert counts_of(served, found=1)["found"] == 1


def test_the_editor_counts_as_x_does(served: Served, page: Page) -> None:
    frame = widget_on(page, served)
    find(frame)
    post = frame.get_by_label("Your post").first
    counter = frame.locator("[data-weighted]").first
    post.fill("香港 https://www.congress.gov/bill/119th-congress/house-bill/2661 👩‍👩‍👧")
    expect(counter).to_have_text("31")
    post.fill("x" * 281)
    expect(counter).to_have_class("over")


def test_another_text_is_another_text(served: Served, page: Page) -> None:
    frame = widget_on(page, served)
    find(frame)
    post = frame.get_by_label("Your post").first
    seen = {post.input_value()}
    for _ in range(5):
        frame.get_by_role("button", name="Another text").first.click()
        seen.add(post.input_value())
    assert len(seen) == 6


def test_the_frame_is_as_high_as_its_content(served: Served, page: Page) -> None:
    frame = widget_on(page, served)
    element = page.locator("three-steps iframe")
    body = frame.locator("body")

    def heights() -> tuple[float, float]:
        measure = "element => element.getBoundingClientRect().height"
        return element.evaluate(measure), body.evaluate(measure)

    def are_equal() -> bool:
        outer, inner = heights()
        return outer == pytest.approx(inner, abs=2)

    assert becomes(are_equal)
    before, _ = heights()
    find(frame)
    frame.locator(".cards").wait_for()
    assert becomes(are_equal)
    assert heights()[0] > before + 300


def test_a_dead_server_leaves_the_link(served: Served, page: Page) -> None:
    page.context.route(re.compile(r"/(embed\.js|w/)"), lambda route: route.abort())
    page.goto(served.demo_url)
    expect(page.locator("three-steps a")).to_be_visible()
