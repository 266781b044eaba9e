"""Narrow screens, wide texts, large fingers, paper, and no styles at all."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.accessibility.states import STATES, Sites, State, find, in_turn
from widget_server.web.desk import LANGUAGES

VIEWS = in_turn(STATES)

#: WCAG 2.2, 1.4.12.
TEXT_SPACING = """* {
  line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important;
}
p { margin-bottom: 2em !important; }"""

#: What can be pressed and is not a link within a sentence, with its box; 2.5.8 exempts those.
TARGETS = """() => [...document.querySelectorAll('a, button, summary, input, textarea')]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }))
  .filter((element) => getComputedStyle(element).display != 'inline')
  .map((element) => {
    const box = /checkbox|radio/.test(element.type) ? element.labels[0] : element;
    const { width, height } = box.getBoundingClientRect();
    return [element.outerHTML.slice(0, 120), width, height];
  })"""

#: Texts cut off by their own box. It is no loss where one line of a field scrolls, or a box that
#: the keyboard reaches.
CUT_OFF = """() => [...document.querySelectorAll('body :not(.sr, .steps span, input)')]
  .filter((element) => !element.matches('[tabindex="0"]'))
  .filter((element) => element.checkVisibility())
  .filter((element) => getComputedStyle(element).overflowX != 'visible')
  .filter((element) => element.scrollWidth > element.clientWidth + 1
    || (element.localName != 'textarea' && element.scrollHeight > element.clientHeight + 1))
  .map((element) => element.outerHTML.slice(0, 200))"""

#: A sheet that the page's policy does not stop.
ADD_STYLES = """css => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  document.adoptedStyleSheets.push(sheet);
}"""

WIDER_THAN_THE_SCREEN = "document.documentElement.scrollWidth > innerWidth"


def name_of(view: object) -> str:
    return view.name if isinstance(view, State) else str(view)


@pytest.mark.parametrize(("state", "language"), VIEWS, ids=name_of)
def test_on_the_narrowest_phone_nothing_is_cut_off_or_too_small(
    still_page: Page, sites: Sites, state: State, language: str
) -> None:
    still_page.set_viewport_size({"width": 320, "height": 640})
    state.show(still_page, sites, language)
    still_page.unroute_all()
    assert not still_page.evaluate(WIDER_THAN_THE_SCREEN)
    targets: list[Any] = still_page.evaluate(TARGETS)
    assert [each for each in targets if min(each[1:]) < 24] == []
    still_page.evaluate(ADD_STYLES, TEXT_SPACING)
    assert not still_page.evaluate(WIDER_THAN_THE_SCREEN)
    assert still_page.evaluate(CUT_OFF) == []


#: Where the host's page shows us: phones of today. At 320 px the words decide, in three lines.
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    ("width", "most"), [(320, 460), (360, 420), (390, 420), (480, 420), (768, 420)]
)
def test_the_first_view_is_low(
    still_page: Page, sites: Sites, language: str, width: int, most: int
) -> None:
    still_page.set_viewport_size({"width": width, "height": 640})
    STATES[0].show(still_page, sites, language)
    height = still_page.evaluate("document.body.getBoundingClientRect().height")
    print(f"{language} at {width} px: {height:.0f} px")
    assert height <= most


def test_motion_is_reduced_when_asked(still_page: Page, sites: Sites) -> None:
    STATES[0].show(still_page, sites, "en")
    find("94110")(still_page.main_frame)
    assert still_page.evaluate("document.getAnimations().length") == 0


def test_paper_shows_every_name_number_and_letter_and_no_button(page: Page, sites: Sites) -> None:
    STATES[0].show(page, sites, "en")
    find("94110")(page.main_frame)
    page.emulate_media(media="print")
    for card in page.locator(".card").all():
        expect(card.locator("[name=body]")).to_be_visible()
        expect(card.get_by_text("202-")).to_be_visible()
    expect(page.locator("button:visible")).to_have_count(0)
    expect(page.locator("nav")).to_be_hidden()


def test_without_styles_it_is_a_document(page: Page, sites: Sites) -> None:
    STATES[0].show(page, sites, "en")
    find("94110")(page.main_frame)
    page.evaluate("document.querySelector('style').remove()")
    expect(page.get_by_role("main")).to_have_count(1)
    expect(page.locator("footer")).to_have_count(1)
    levels = page.locator("h1, h2, h3").evaluate_all("all => all.map((each) => each.localName)")
    assert levels == ["h1", "h2", "h3"]
    for card in page.locator(".card > summary").all():
        expect(card).to_be_visible()
