"""When a browser cannot seal, or something is in its way: nobody's submission is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.sealing.conftest import Posts
from tests.browser.sealing.supporter import Supporter, count_me_in, find
from tests.serving import Served
from tools.browsers import selected

#: What goes well is tried in both browsers each time, what goes wrong in the long form.
LONG = (pytest.mark.soak, pytest.mark.long)
pytestmark = pytest.mark.parametrize(
    "browser",
    [
        pytest.param(name, marks=() if name == "chromium" else LONG)
        for name in selected()
        if name != "webkit"
    ],
    indirect=True,
)

SEALER = re.compile(r"/seal-\w+\.js$")
ANOTHER_SCRIPT = "document.title = 'run'"

#: A browser that has no X25519.
OLD_BROWSER = """
    const subtle = globalThis.SubtleCrypto?.prototype || {};
    const { importKey } = subtle;
    subtle.importKey = function (format, data, algorithm, ...rest) {
        const name = algorithm.name || algorithm;
        if (name == 'X25519') throw new DOMException('', 'NotSupportedError');
        return importKey.call(this, format, data, algorithm, ...rest);
    };
"""

Answer = Callable[[Route], object]

TROUBLES: dict[str, Answer] = {
    "is blocked": lambda route: route.abort(),
    "is gone": lambda route: route.fulfill(status=404),
    "was changed": lambda route: route.fulfill(body=ANOTHER_SCRIPT, content_type="text/javascript"),
    "never comes": lambda route: None,
}


@pytest.mark.parametrize("answer", TROUBLES.values(), ids=TROUBLES.keys())
def test_when_the_script_does_not_come_the_server_seals(
    form: Page, sealing: Served, supporter: Supporter, posts: Posts, answer: Answer
) -> None:
    form.route(SEALER, answer)
    supporter.fill(form)
    count_me_in(form)
    (sent,) = posts()
    assert (sent["name"], "sealed" in sent) == (supporter.name, False)
    assert supporter.exported(sealing) == supporter.whole
    assert form.title() != "run"


def test_for_a_browser_without_x25519_the_server_seals(
    page: Page, sealing: Served, supporter: Supporter, posts: Posts
) -> None:
    page.add_init_script(OLD_BROWSER)
    page.goto(f"{sealing.origin}/c/hketo?t={sealing.token}&lang=es")
    find(page)
    supporter.fill(page)
    count_me_in(page)
    (sent,) = posts()
    assert (sent["name"], "sealed" in sent) == (supporter.name, False)
    assert supporter.exported(sealing) == supporter.whole


def test_what_was_sealed_to_another_key_is_sealed_again_by_the_server(
    form: Page, sealing: Served, supporter: Supporter, posts: Posts
) -> None:
    form.locator(".count").evaluate(
        """form => {
            const plan = JSON.parse(form.dataset.seal);
            plan.keys.pop();
            form.dataset.seal = JSON.stringify(plan);
        }"""
    )
    supporter.fill(form)
    count_me_in(form)
    assert ["sealed" in sent for sent in posts()] == [True, False]
    assert supporter.exported(sealing) == supporter.whole


def test_what_a_broken_line_held_up_is_sealed_when_it_mends(
    form: Page, sealing: Served, supporter: Supporter, posts: Posts
) -> None:
    everything = re.compile(r"/(seal-|.*/submit)")
    form.route(everything, lambda route: route.abort())
    supporter.fill(form)
    form.locator(".count .go").click()
    expect(form.locator(".count .oops")).to_contain_text("Aún no se ha guardado")
    form.unroute(everything)
    form.locator(".count .go").click()
    form.locator(".thanks").wait_for()
    assert "sealed" in posts()[-1]
    assert supporter.exported(sealing) == supporter.whole


def test_without_scripts_the_server_seals(
    open_page: Callable[..., Page], sealing: Served, supporter: Supporter
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{sealing.origin}/c/hketo?t={sealing.token}&lang=es")
    find(page)
    supporter.fill(page)
    count_me_in(page)
    assert supporter.exported(sealing) == supporter.whole
