"""Every form of the snippet on every kind of page: the widget counts, or the link is there."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FrameLocator, Page, expect

from tests.embed.hosts import HEADING, VARIANTS, Host
from tests.embed.old_library import OLD_LIBRARY
from tests.embed.organiser import Organiser
from tools.browsers import selected

pytestmark = pytest.mark.parametrize(
    "browser", [name for name in selected() if name != "webkit"], indirect=True
)

WAIT_FOR_AN_ANSWER = 8_000
SANDBOX = "allow-scripts allow-same-origin allow-popups allow-forms"
UNREGISTERED = "https://elsewhere.example"

Put = Callable[[Host, str, str], str]


def plain(host: Host, pasted: str, origin: str) -> str:
    return host.put(pasted)


def beside_an_old_library(host: Host, pasted: str, origin: str) -> str:
    return host.put(pasted, head=f"<script>{OLD_LIBRARY}</script>")


def under_a_strict_policy(host: Host, pasted: str, origin: str) -> str:
    policy = f"default-src 'none'; script-src {origin}; frame-src {origin}"
    return host.put(pasted, {"Content-Security-Policy": policy})


def in_a_sandbox(host: Host, pasted: str, origin: str) -> str:
    inner = host.put(pasted)
    attributes = f'sandbox="{SANDBOX}" width="600" height="700"'
    return host.put(f'<iframe id="outer" src="{inner}" {attributes}></iframe>')


PAGES: dict[str, Put] = {
    "plain": plain,
    "old library": beside_an_old_library,
    "strict policy": under_a_strict_policy,
    "sandbox": in_a_sandbox,
}


def widget_in(page: Page, variant: str, kind: str) -> FrameLocator:
    """The widget's frame once it is there to see."""
    place = page.frame_locator("#outer") if kind == "sandbox" else page
    if variant != "iframe":
        expect(place.locator("three-steps")).to_have_attribute("data-state", "ready")
    frame = "iframe" if variant == "iframe" else "three-steps iframe"
    expect(place.locator(frame)).to_be_visible()
    return place.frame_locator(frame)


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_find_counts_for_the_partner_of_the_snippet(
    page: Page, host: Host, organiser: Organiser, variant: str, kind: str
) -> None:
    partner = organiser.add_partner(host.origin)
    before = organiser.found()
    pasted = VARIANTS[variant](organiser.served.origin, partner.token)
    page.goto(PAGES[kind](host, pasted, organiser.served.origin))
    widget = widget_in(page, variant, kind)
    expect(widget.get_by_role("heading", level=1)).to_contain_text(HEADING)
    widget.get_by_label("Your ZIP code").fill("94110")
    widget.get_by_role("button", name="Find").click()
    expect(widget.get_by_role("heading", name="Your legislators")).to_be_visible()
    expected = before | {partner.slug: 1}
    assert organiser.found_once(expected) == expected


@pytest.mark.parametrize("variant", VARIANTS)
def test_a_site_that_is_not_registered_keeps_the_link_and_counts_nothing(
    page: Page, host: Host, organiser: Organiser, variant: str
) -> None:
    partner = organiser.add_partner(UNREGISTERED)
    page.clock.install()
    page.goto(host.put(VARIANTS[variant](organiser.served.origin, partner.token)))
    if variant != "iframe":
        expect(page.locator("three-steps")).to_have_attribute("data-state", "loading")
        page.clock.fast_forward(WAIT_FOR_AN_ANSWER)
        expect(page.locator("three-steps")).to_have_attribute("data-state", "error")
        expect(page.locator("three-steps iframe")).to_be_hidden()
    expect(page.get_by_role("link", name="Take action")).to_be_visible()
    expect(page.frame_locator("iframe").get_by_role("heading", name=HEADING)).to_have_count(0)
    totals = organiser.run("counts", "--partner", partner.slug)["totals"]
    assert set(totals.values()) == {0}


@pytest.mark.parametrize("state", ["down", "failing"])
@pytest.mark.parametrize("variant", VARIANTS)
def test_a_server_that_is_out_leaves_the_link(
    page: Page, host: Host, token: str, origin_of: Callable[[str], str], variant: str, state: str
) -> None:
    page.goto(host.put(VARIANTS[variant](origin_of(state), token)))
    expect(page.get_by_role("link", name="Take action")).to_be_visible()
