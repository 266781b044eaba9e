"""Messages that somebody else sends: nobody but widget and loader is heard, whatever is said."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.embed.hosts import Host, custom_element
from tests.embed.organiser import Organiser
from tests.embed.widgets import FRAME, find, ready
from tests.serving import Served

#: Sends `count` messages to a window, each of another kind.
FLOOD = """
const flood = (target, count) => {
  const values = [-1, 0, 1e9, NaN, Infinity, -Infinity, null, undefined, '9000', '9000px', {}, []];
  const kinds = ['ready', 'height', 'host', 'focus', 'error', 'submitted', 'location', '', null,
    'javascript:alert(1)', '__proto__', 7, { t: 'ready' }];
  for (let n = 0; n < count; n += 1) {
    const [t, h] = [kinds[n % kinds.length], values[n % values.length]];
    const whole = { v: 1, t, h, url: 'https://evil.example/', href: '//evil.example' };
    target.postMessage([whole, whole, whole, h, { v: 2, t, h }][n % 5], '*');
  }
};
"""
#: Floods the page around, and the widget's frame in it.
NEIGHBOUR = f"""<script>{FLOOD}
flood(parent, 500);
const widget = parent.document.querySelector('three-steps').shadowRoot.querySelector('iframe');
flood(widget.contentWindow, 500);
</script>"""

EVENTS = """
window.heard = [];
for (const name of ['ready', 'error', 'step', 'action', 'submitted', 'loading', 'height', 'host'])
  addEventListener('threesteps:' + name, () => heard.push(name));
"""
#: Everything that a forged message might have changed.
STATE = f"""() => ({{
  address: location.href,
  source: {FRAME}.src,
  height: {FRAME}.offsetHeight,
  state: document.querySelector('three-steps').dataset.state,
  focus: document.activeElement.localName,
  scroll: scrollY,
  heard,
}})"""


@pytest.fixture
def quiet(page: Page, host: Host, served: Served, token: str) -> Any:
    """What is true on a page whose widget has been ready for a moment."""
    page.add_init_script(EVENTS)
    page.goto(host.put(custom_element(served.origin, token)))
    ready(page)
    page.wait_for_timeout(300)
    return page.evaluate(STATE)


def frame_in(page: Page, address: str) -> None:
    """Put another frame on the page, and wait until what it sends has arrived."""
    add = "src => document.body.append(Object.assign(document.createElement('iframe'), { src }))"
    page.evaluate(add, address)
    page.frame_locator("body > iframe").locator("body").wait_for(state="attached")
    page.wait_for_timeout(500)


def test_the_page_itself_is_not_heard(page: Page, quiet: Any) -> None:
    page.evaluate(f"() => {{ {FLOOD} flood(window, 1000) }}")
    page.wait_for_timeout(300)
    assert page.evaluate(STATE) == quiet


def test_a_frame_of_the_page_is_not_heard_by_either(page: Page, host: Host, quiet: Any) -> None:
    frame_in(page, host.put(NEIGHBOUR))
    assert page.evaluate(STATE) == quiet
    find(ready(page))
    page.wait_for_function(f"{FRAME}.offsetHeight > {quiet['height'] + 300}")


def test_another_frame_of_the_widgets_origin_is_not_heard(
    page: Page, host: Host, organiser: Organiser, quiet: Any
) -> None:
    other = organiser.add_partner(host.origin)
    frame_in(page, f"{organiser.served.origin}/w/{other.token}")
    (frame,) = [frame for frame in page.frames if other.token in frame.url]
    frame.evaluate(f"() => {{ {FLOOD} flood(parent, 500) }}")
    page.wait_for_timeout(300)
    assert page.evaluate(STATE) == quiet


def test_a_frame_that_went_to_another_origin_is_not_heard(
    page: Page, host: Host, quiet: Any
) -> None:
    address = host.put(f"Evil. <script>{FLOOD} flood(parent, 500)</script>")
    page.evaluate(f"address => {{ {FRAME}.contentWindow.location = address }}", address)
    frame = page.locator("three-steps iframe").content_frame
    expect(frame.locator("body")).to_contain_text("Evil.")
    page.wait_for_timeout(500)
    assert page.evaluate(STATE) == quiet


def test_a_widget_gone_mad_cannot_be_higher_than_any_page(page: Page, quiet: Any) -> None:
    frame = next(frame for frame in page.frames if "/w/" in frame.url)
    send = "h => parent.postMessage({ v: 1, t: 'height', h }, '*')"
    frame.evaluate(send, 1e9)
    page.wait_for_function(f"{FRAME}.offsetHeight == 20000")
    wrong: list[Any] = [-1, -1e9, float("nan"), "high", {}]
    for height in wrong:
        frame.evaluate(send, height)
    page.wait_for_timeout(300)
    assert page.evaluate(f"{FRAME}.offsetHeight") == 20_000
    assert page.url == quiet["address"]
