"""The widget on an open page, as a visitor has it before them."""

from playwright.sync_api import FrameLocator, Page, expect

#: The first element's frame, for scripts of the page; its shadow root is open.
FRAME = "document.querySelector('three-steps').shadowRoot.querySelector('iframe')"


def ready(page: Page, number: int = 0) -> FrameLocator:
    """The frame of one of the page's widgets, once it is there to see."""
    expect(page.locator("three-steps").nth(number)).to_have_attribute("data-state", "ready")
    expect(page.locator("three-steps iframe").nth(number)).to_be_visible()
    return page.locator("three-steps iframe").nth(number).content_frame


def find(widget: FrameLocator) -> None:
    """Ask for the legislators of a ZIP code, and wait for them."""
    widget.get_by_label("Your ZIP code").fill("94110")
    widget.get_by_role("button", name="Find").click()
    expect(widget.get_by_role("heading", name="Your legislators")).to_be_visible()
