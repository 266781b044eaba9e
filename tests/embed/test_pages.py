"""Pages that make it hard: each shows the widget, and its find counts for the right partner."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.embed.hosts import Host, custom_element, div, one_tag
from tests.embed.organiser import Organiser, Partner
from tests.embed.widgets import find, ready
from widget_server import assets

ISOLATED = {
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Embedder-Policy": "require-corp",
}


@pytest.fixture
def partner(organiser: Organiser, host: Host) -> Partner:
    """A partner of the test's own, registered for the site."""
    return organiser.add_partner(host.origin)


@pytest.fixture
def counts(organiser: Organiser, page: Page, partner: Partner) -> Callable[[], bool]:
    """Find in the page's widget, and say whether that counted for this partner alone."""
    before = organiser.found()

    def found() -> bool:
        find(ready(page))
        expected = before | {partner.slug: 1}
        return organiser.found_once(expected) == expected

    return found


@pytest.fixture
def pasted(organiser: Organiser, partner: Partner) -> str:
    """The snippet that the partner got."""
    return custom_element(organiser.served.origin, partner.token)


Counts = Callable[[], bool]


def test_a_cross_origin_isolated_page(page: Page, host: Host, pasted: str, counts: Counts) -> None:
    page.goto(host.put(pasted, ISOLATED))
    assert page.evaluate("crossOriginIsolated")
    assert counts()


def test_a_page_that_sends_no_referrer(page: Page, host: Host, pasted: str, counts: Counts) -> None:
    page.goto(host.put(pasted, {"Referrer-Policy": "no-referrer"}))
    assert counts()


def test_a_snippet_without_a_scheme(page: Page, host: Host, pasted: str, counts: Counts) -> None:
    page.goto(host.put(pasted.replace("http://", "//")))
    assert counts()


def test_a_script_that_another_script_inserts(
    page: Page, host: Host, pasted: str, counts: Counts
) -> None:
    later = "document.body.append(Object.assign(document.createElement('script'), {src}))"
    load = re.sub(
        r'<script async src="(.*?)"></script>',
        rf"<script>addEventListener('load', () => {{ const src = '\1'; {later} }})</script>",
        pasted,
    )
    page.goto(host.put(load))
    assert counts()


def test_a_script_turned_into_a_module(page: Page, host: Host, pasted: str, counts: Counts) -> None:
    page.goto(host.put(pasted.replace("<script async", '<script type="module"')))
    assert counts()


@pytest.mark.parametrize("form", [custom_element, div])
def test_a_script_copied_into_the_page(
    page: Page,
    host: Host,
    organiser: Organiser,
    partner: Partner,
    counts: Counts,
    form: Callable[[str, str], str],
) -> None:
    markup = form(organiser.served.origin, partner.token).partition("<script")[0]
    page.goto(host.put(f"{markup}<script>{assets.source('embed.js')}</script>"))
    assert counts()


def test_one_tag_that_runs_late_takes_the_server_of_its_link(
    page: Page, host: Host, organiser: Organiser, partner: Partner, counts: Counts
) -> None:
    tag = one_tag(organiser.served.origin, partner.token)
    page.goto(host.put(tag.replace("<script async", '<script type="module"')))
    assert counts()


def test_styles_that_break_every_frame(page: Page, host: Host, pasted: str, counts: Counts) -> None:
    styles = "iframe, slot { height: auto !important; display: none !important } * { zoom: 1 }"
    page.goto(host.put(pasted, head=f"<style>{styles}</style>"))
    assert counts()


def test_a_page_that_swaps_the_token_counts_for_the_new_one(
    page: Page, host: Host, organiser: Organiser, partner: Partner, counts: Counts
) -> None:
    other = organiser.add_partner(host.origin)
    page.goto(host.put(custom_element(organiser.served.origin, other.token)))
    ready(page)
    swap = "token => document.querySelector('three-steps').setAttribute('token', token)"
    page.evaluate(swap, partner.token)
    expect(page.locator("three-steps iframe")).to_have_attribute("src", re.compile(partner.token))
    assert organiser.found()[other.slug] == 0
    find(ready(page))
    assert organiser.found_once(organiser.found() | {partner.slug: 1})[partner.slug] == 1
    assert organiser.found()[other.slug] == 0


def test_an_opaque_origin_keeps_the_link_at_once(page: Page, host: Host, pasted: str) -> None:
    inner = host.put(pasted)
    page.goto(host.put(f'<iframe sandbox="allow-scripts" src="{inner}"></iframe>'))
    place = page.frame_locator("iframe").first
    expect(place.locator("three-steps")).to_have_attribute("data-state", "error", timeout=2_000)
    expect(place.get_by_role("link", name="Take action")).to_be_visible()


#: Every state that the element is in, and when that began, in milliseconds.
STATES = """
window.states = [];
new MutationObserver(() => {
  const { state } = document.querySelector('three-steps')?.dataset ?? {};
  if (state && states.at(-1)?.[0] != state) states.push([state, performance.now()]);
}).observe(document, { attributes: true, childList: true, subtree: true });
"""


def test_a_widget_that_never_answers_is_given_up_after_eight_seconds(
    page: Page, host: Host, organiser: Organiser
) -> None:
    partner = organiser.add_partner("https://elsewhere.example")
    page.add_init_script(STATES)
    page.goto(host.put(custom_element(organiser.served.origin, partner.token)))
    expect(page.locator("three-steps")).to_have_attribute("data-state", "error")
    (loading, began), (error, ended) = page.evaluate("states")
    assert (loading, error) == ("loading", "error")
    assert 7_900 < ended - began < 9_000
