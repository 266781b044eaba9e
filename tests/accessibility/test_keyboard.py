"""The whole journey with Tab, Enter, Space and letters, on a partner's page and in its frame."""

import pytest
from playwright.sync_api import Frame, Page, expect

from tests.accessibility.states import STATES, Sites

#: More presses than the longest way between two things.
MOST_TABS = 40

FOCUSED = """() => {
  let element = document.activeElement;
  while (element.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
  return element;
}"""
NAME = (
    "element => (element.labels?.[0]?.innerText || element.ariaLabel || element.innerText"
    " || element.textContent || '').trim()"
)
OUTLINE = """element => {
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  return outlineStyle == 'none' ? 0 : parseFloat(outlineWidth);
}"""


@pytest.fixture
def framed(page: Page, sites: Sites) -> Page:
    """A partner's page with the widget; the focus is nowhere yet."""
    STATES[0].show_framed(page, sites, "en")
    return page


def focused_frame(page: Page) -> Frame:
    """The frame that has the focus: the widget's, or the partner's page."""
    host, *others = page.frames
    inside = host.evaluate("document.activeElement.localName") == "three-steps"
    return others[0] if inside else host


def focused_name(page: Page) -> str:
    name: str = focused_frame(page).evaluate(f"() => ({NAME})(({FOCUSED})())")
    return name


def tab_to(page: Page, name: str) -> None:
    """Press Tab until this has the focus; on the way, everything shows that it has it."""
    passed = []
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        at = focused_name(page)
        width = focused_frame(page).evaluate(f"() => ({OUTLINE})(({FOCUSED})())")
        assert width >= 2 or at in {"Before", "After"}, f"{at!r} does not show its focus"
        passed.append(at)
        if at.startswith(name):
            return
    raise AssertionError(f"{name!r} cannot be reached: {passed}")


def test_find_tweet_email_and_submit_without_a_mouse(framed: Page) -> None:
    page = framed
    widget = page.frame_locator("three-steps iframe")
    tab_to(page, "Your ZIP code")
    page.keyboard.type("94110")
    page.keyboard.press("Enter")
    expect(widget.get_by_role("heading", name="Your legislators")).to_be_focused()

    tab_to(page, "Your post")
    tab_to(page, "Post on X")
    with page.expect_popup() as popup:
        page.keyboard.press("Enter")
    popup.value.close()
    page.bring_to_front()
    expect(widget.locator(".card[open] .tick").first).to_have_text("Opened")

    tab_to(page, "Email")
    page.keyboard.press("Enter")
    tab_to(page, "Why this matters to me")
    page.keyboard.type("My aunt taught me to speak up.")
    letter = widget.locator(".card[open] [name=body]").input_value()
    assert "\n\nMy aunt taught me to speak up.\n\n" in letter

    tab_to(page, "Is somebody here")
    tab_to(page, "Email")
    page.keyboard.type("ana.canary@example.org")
    tab_to(page, "Example Coalition for Hong Kong may email me")
    page.keyboard.press("Space")
    expect(widget.get_by_role("checkbox")).to_be_checked()
    tab_to(page, "Count me in")
    page.keyboard.press("Enter")
    thanks = widget.get_by_role("heading", name="Thank you! Your submission has been received!")
    expect(thanks).to_be_focused()


def test_the_frame_is_entered_and_left_in_both_directions(framed: Page) -> None:
    tab_to(framed, "Before")
    tab_to(framed, "Your ZIP code")
    tab_to(framed, "After")
    framed.keyboard.press("Shift+Tab")
    assert focused_name(framed) == "Not in the US?"
    for _ in range(MOST_TABS):
        framed.keyboard.press("Shift+Tab")
        if focused_name(framed) == "Before":
            return
    raise AssertionError("the way back out of the frame was not found")


def test_nothing_takes_the_focus_before_the_visitor_acts(framed: Page) -> None:
    framed.wait_for_timeout(300)
    assert framed.evaluate("document.activeElement.localName") == "body"
    assert framed.frames[1].evaluate("document.activeElement.localName") == "body"


def test_a_wrong_field_is_focused_described_and_marked(framed: Page) -> None:
    widget = framed.frame_locator("three-steps iframe")
    tab_to(framed, "Find")
    framed.keyboard.press("Enter")
    field = widget.get_by_label("Your ZIP code")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(field).to_have_accessible_description("Please fill this in.")


def test_there_is_one_polite_status_region(framed: Page) -> None:
    widget = framed.frame_locator("three-steps iframe")
    expect(widget.locator("[role=status], [role=alert], [aria-live]")).to_have_count(1)
