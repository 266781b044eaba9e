"""A petition to a governor in a real browser: from the partner's page to the signature."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.serving import Served, free_port, serving


@pytest.fixture(scope="module")
def petition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The demo, with the petition as the campaign of its partner."""
    home = Path(tmp_path_factory.mktemp("petition"))
    environment = {"THREESTEPS_DEFAULT_CAMPAIGN": "school-taps"}
    with serving(
        "demo", "--empty", port=free_port(), home=home, environment=environment
    ) as running:
        yield running


@pytest.fixture
def widget(page: Page, petition: Served) -> FrameLocator:
    page.goto(petition.demo_url)
    return page.frame_locator("three-steps iframe")


def test_a_resident_writes_and_signs(widget: FrameLocator, petition: Served) -> None:
    widget.get_by_role("button", name="Yes, I live in Franklin").click()
    expect(widget.get_by_role("heading", name="Whom to write to")).to_be_focused()
    widget.locator("[data-act='email:governor'] > summary").click()
    widget.get_by_label("Why this matters to me").fill("My son drinks there every day.")
    mail = widget.get_by_role("link", name="Open in my mail app")
    mail.evaluate("link => link.addEventListener('click', (event) => event.preventDefault())")
    mail.click()
    letter = urlsplit(mail.get_attribute("href") or "")
    assert letter.path == "governor@franklin.example"
    assert "\n\nMy son drinks there every day.\n\n" in parse_qs(letter.query)["body"][0]
    expect(widget.locator("[data-act='email:governor'] .tick").first).to_have_text("Opened")
    expect(widget.get_by_text("Signing is your consent")).to_be_visible()
    widget.get_by_label("Email", exact=True).fill("ana.canary@example.org")
    widget.get_by_role("button", name="Sign", exact=True).click()
    thanks = widget.get_by_role("heading", name="Your signature has been received!")
    expect(thanks).to_be_focused()
    expect(widget.get_by_text("messages to 1 of 1 office.")).to_be_visible()
    totals = petition.counts("--partner", "harbor-voices")["totals"]
    assert (totals["submitted"], totals["supporters"]) == (1, 1)


def test_the_language_changes_without_asking_again(widget: FrameLocator) -> None:
    widget.get_by_role("button", name="Yes, I live in Franklin").click()
    widget.get_by_role("heading", name="Whom to write to").wait_for()
    widget.get_by_role("link", name="繁體中文").click()
    expect(widget.get_by_role("heading", name="寫給誰")).to_be_visible()
    expect(widget.get_by_text("州長 · 富蘭克林州")).to_be_visible()


def test_the_host_can_move_the_focus_to_the_only_button(page: Page, widget: FrameLocator) -> None:
    button = widget.get_by_role("button", name="Yes, I live in Franklin")
    button.wait_for()
    page.locator("three-steps[data-state=ready]").evaluate("element => element.focus()")
    expect(button).to_be_focused()
