"""Changing the language keeps what was typed, found, opened and counted; addresses hold none."""

import pytest
from playwright.sync_api import Page, expect

from tests.serving import Served


@pytest.fixture
def widget(served: Served, page: Page) -> Page:
    page.goto(f"{served.origin}/w/{served.token}?lang=en")
    return page


def find(page: Page) -> None:
    page.get_by_label("Your ZIP code").fill("94110")
    page.get_by_role("button", name="Find", exact=True).click()
    expect(page.get_by_role("heading", name="Your legislators")).to_be_visible()


def test_a_zip_that_was_only_typed_is_kept_and_sent_nowhere(widget: Page) -> None:
    requests: list[str] = []
    widget.get_by_label("Your ZIP code").fill("94110")
    widget.on("request", lambda request: requests.append(f"{request.url} {request.post_data}"))
    widget.get_by_role("link", name="Español").click()
    expect(widget.get_by_label("Su código postal")).to_have_value("94110")
    expect(widget.locator("html")).to_have_attribute("lang", "es")
    assert "94110" not in widget.url
    assert [text for text in requests if "94110" in text] == []
    widget.get_by_role("button", name="Buscar", exact=True).click()
    expect(widget.get_by_role("heading", name="Sus legisladores")).to_be_focused()


def test_an_answer_and_everything_in_it_is_kept(widget: Page) -> None:
    find(widget)
    widget.get_by_label("Your post").first.fill("My own words.")
    with widget.expect_popup():
        widget.get_by_role("button", name="Post on X").first.click()
    widget.get_by_label("Email", exact=True).fill("ana@example.org")
    widget.get_by_label("Example Coalition for Hong Kong may email me").check()
    widget.get_by_role("link", name="繁體中文").click()
    expect(widget.get_by_role("heading", name="您的議員")).to_be_focused()
    expect(widget.get_by_label("您的貼文").first).to_have_value("My own words.")
    expect(widget.locator(".act.done .tick").first).to_have_text("已開啟")
    expect(widget.get_by_label("電子郵件", exact=True)).to_have_value("ana@example.org")
    expect(widget.get_by_role("checkbox")).to_be_checked()
    assert widget.evaluate("location.search").startswith("?lang=zh-Hant")


def test_a_thank_you_is_said_again_and_counted_once(served: Served, widget: Page) -> None:
    find(widget)
    widget.get_by_role("button", name="Count me without my details").click()
    reference = widget.locator(".thanks .small").inner_text().rpartition(" ")[2]
    widget.get_by_role("link", name="Español").click()
    expect(widget.get_by_role("heading", name="¡Gracias!")).to_be_visible()
    expect(widget.locator(".thanks .small")).to_contain_text(reference)
    assert served.counts()[0]["totals"]["submitted"] == 1


def test_without_an_answer_the_link_is_followed(widget: Page) -> None:
    widget.evaluate("() => { window.fetch = () => Promise.reject(new TypeError()); }")
    widget.get_by_role("link", name="Español").click()
    expect(widget.get_by_label("Su código postal")).to_be_visible()
