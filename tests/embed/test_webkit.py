"""The core path in WebKit, which Safari shares: find, submit, thanks, and all of it counted."""

from collections.abc import Callable, Iterator

import pytest

from tests.embed.hosts import HEADING, Host, custom_element
from tests.embed.organiser import Organiser
from tests.embed.webdriver import WebKit, browsing
from tools.browsers import need, selected

pytestmark = pytest.mark.skipif("webkit" not in selected(), reason="BROWSERS leaves WebKit out")

READY = "return document.querySelector('three-steps').dataset.state == 'ready'"
FRAME = "return document.querySelector('three-steps').shadowRoot.querySelector('iframe')"
HEADINGS = "return [...document.querySelectorAll('h1, h2')].map((h) => h.innerText).join('|')"
#: In the frame: it has grown to its content, so that all of it can be pressed.
GROWN = "return innerHeight >= document.body.offsetHeight"


@pytest.fixture(scope="module")
def webkit() -> Iterator[WebKit]:
    """A window of WebKitGTK; without one installed the test fails."""
    with browsing(need("webkit")) as window:
        yield window


def test_find_and_submit_are_counted(webkit: WebKit, host: Host, organiser: Organiser) -> None:
    partner = organiser.add_partner(host.origin)
    webkit.open(host.put(custom_element(organiser.served.origin, partner.token)))
    webkit.wait_for(READY)
    webkit.enter_frame(FRAME)
    assert HEADING in webkit.run(HEADINGS)
    webkit.type(".ask [name=zip]", "94110")
    webkit.click(".ask .go")
    webkit.wait_for(f"{HEADINGS}.includes('Your legislators')")
    webkit.wait_for(GROWN)
    webkit.click(".count [name=anonymous]")
    webkit.wait_for(f"{HEADINGS}.includes('Thank you!')")
    assert organiser.found_once({partner.slug: 1})[partner.slug] == 1
    totals = organiser.run("counts", "--partner", partner.slug)["totals"]
    assert (totals["shown"], totals["found"], totals["submitted"]) == (1, 1, 1)


def test_a_dark_page_gets_a_dark_widget(
    webkit: WebKit, host: Host, snippet: Callable[[str], str]
) -> None:
    webkit.open(host.put(snippet(""), head='<meta name="color-scheme" content="dark">'))
    webkit.wait_for(READY)
    assert "theme=dark" in webkit.run(f"{FRAME}.src")
    webkit.enter_frame(FRAME)
    assert webkit.run("return getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_server_that_is_out_leaves_the_link(
    webkit: WebKit, host: Host, token: str, origin_of: Callable[[str], str]
) -> None:
    webkit.open(host.put(custom_element(origin_of("down"), token)))
    assert webkit.run("return document.querySelector('a').checkVisibility()")
