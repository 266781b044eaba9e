"""What a partner says on the element: when to load, and in which theme."""

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.embed.hosts import VARIANTS, Host
from tests.embed.widgets import find, ready
from tests.serving import Served
from tools.browsers import selected

FAR_BELOW = '<p style="height: 9000px">Scroll.</p>'

Snippet = Callable[[str], str]


def test_lazy_waits_until_it_is_near(page: Page, host: Host, snippet: Snippet) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(host.put(FAR_BELOW + snippet("")))
    page.wait_for_timeout(500)
    assert [url for url in asked if "/w/" in url] == []
    expect(page.locator("three-steps iframe")).to_be_hidden()
    page.locator("three-steps").scroll_into_view_if_needed()
    ready(page)


def test_eager_does_not_wait(page: Page, host: Host, snippet: Snippet) -> None:
    page.goto(host.put(FAR_BELOW + snippet('loading="eager"')))
    ready(page)


@pytest.mark.parametrize("loading", ["lazy", "eager"])
def test_the_frame_is_called_what_the_link_says(
    page: Page, host: Host, snippet: Snippet, loading: str
) -> None:
    page.goto(host.put(snippet(f'loading="{loading}"')))
    link = page.locator("three-steps a").inner_text()
    expect(page.locator("three-steps iframe")).to_have_attribute("title", link)
    assert link.startswith("Take action")


def test_click_waits_for_the_link(page: Page, host: Host, snippet: Snippet) -> None:
    address = host.put(snippet('loading="click"'))
    page.goto(address)
    page.wait_for_timeout(300)
    expect(page.locator("three-steps iframe")).to_be_hidden()
    page.get_by_role("link", name="Take action").click()
    find(ready(page))
    assert page.url == address
    assert len(page.context.pages) == 1


META = '<meta name="color-scheme" content="{}">'
STYLE = "<style>:root {{ color-scheme: {} }}</style>"

DECLARED = [
    ("", "light"),
    (STYLE.format("dark"), "dark"),
    (STYLE.format("light dark"), "light"),
    (META.format("dark"), "dark"),
    (META.format("light dark"), "light"),
]
FOR_A_DARK_SYSTEM = [
    ("", "light"),
    (STYLE.format("only light"), "light"),
    (STYLE.format("light dark"), "dark"),
    (META.format("light dark"), "dark"),
]


def shown_theme(page: Page) -> str:
    """The theme of the widget, which its frame must share or turn into a white slab."""
    widget = ready(page)
    scheme = "element => getComputedStyle(element).colorScheme"
    inside = str(widget.locator("html").evaluate(scheme))
    assert page.locator("three-steps iframe").evaluate(scheme) == inside
    return inside


@pytest.mark.parametrize(
    "browser", [name for name in selected() if name != "webkit"], indirect=True
)
@pytest.mark.parametrize(("declared", "shown"), DECLARED)
def test_auto_follows_what_the_page_declares(
    page: Page, host: Host, snippet: Snippet, declared: str, shown: str
) -> None:
    page.goto(host.put(snippet(""), head=declared))
    assert shown_theme(page) == shown


@pytest.mark.parametrize(("declared", "shown"), FOR_A_DARK_SYSTEM)
def test_auto_is_dark_on_a_dark_system_only_where_the_page_is(
    open_page: Callable[..., Page], host: Host, snippet: Snippet, declared: str, shown: str
) -> None:
    page = open_page(color_scheme="dark")
    page.goto(host.put(snippet(""), head=declared))
    assert shown_theme(page) == shown


def test_a_said_theme_beats_what_the_page_declares(
    page: Page, host: Host, snippet: Snippet
) -> None:
    page.goto(host.put(snippet('theme="dark"'), head=META.format("light")))
    assert shown_theme(page) == "dark"


LABELLED = {"element": " token=", "one tag": " data-token=", "div": " data-three-steps="}


@pytest.mark.parametrize("variant", LABELLED)
def test_a_label_goes_with_every_request_of_the_frame(
    page: Page, host: Host, served: Served, token: str, variant: str
) -> None:
    mark = LABELLED[variant]
    label = ' source="footer"' if variant == "element" else ' data-source="footer"'
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    html = VARIANTS[variant](served.origin, token).replace(mark, label + mark, 1)
    page.goto(host.put(html))
    find(ready(page))
    steps = [url for url in asked if "/w/" in url]
    assert len(steps) >= 2
    assert {tuple(parse_qs(urlsplit(url).query)["source"]) for url in steps} == {("footer",)}
