"""What leaves a real browser when its form is sealed there, and what only the keys can open."""

import csv
import io
import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page, Route, expect

from tests.serving import Served, free_port, serving
from tools.browsers import selected
from widget_server.keys import Keyring, add_recovery_key
from widget_server.seal import KeyPair, generate_key_pair, load_private_key, unwrap

pytestmark = pytest.mark.parametrize(
    "browser", [name for name in selected() if name != "webkit"], indirect=True
)

SUCCESS = "Thank you! Your submission has been received!"
NAME = 'Wilhelmina \U0001f426 陳大文 \\ "Canary"'
EMAIL = "wilhelmina.canary@secret.example"
SEALER = re.compile(r"/seal-\w+\.js$")

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

#: Notes what is sent, which Firefox does not tell Playwright.
NOTE_POSTS = """
    globalThis.posted = [];
    const { fetch } = globalThis;
    globalThis.fetch = (address, options) => {
        if (/\\/submit\\b/.test(address)) posted.push(String(options.body));
        return fetch(address, options);
    };
"""


@pytest.fixture(scope="module")
def recovery() -> KeyPair:
    return generate_key_pair()


@pytest.fixture(scope="module")
def sealing(tmp_path_factory: pytest.TempPathFactory, recovery: KeyPair) -> Iterator[Served]:
    """The demo, sealed to the organiser and to those who hold shares."""
    home = tmp_path_factory.mktemp("sealing")
    Keyring.open(home / "keys")
    add_recovery_key(home / "keys", "hketo", recovery.public)
    unlimited = {"THREESTEPS_LIMITS": "off"}
    with serving("demo", "--empty", port=free_port(), home=home, environment=unlimited) as running:
        yield running


Posts = Callable[[], list[dict[str, str]]]


@pytest.fixture
def posts(page: Page) -> Posts:
    """The fields of each form that was sent to be counted."""
    page.add_init_script(NOTE_POSTS)

    def read() -> list[dict[str, str]]:
        bodies = page.evaluate("posted")
        return [dict(parse_qsl(body, keep_blank_values=True)) for body in bodies]

    return read


@pytest.fixture
def form(page: Page, posts: Posts, sealing: Served) -> Page:
    """The partner's page, whose visitor has found their legislators."""
    page.goto(f"{sealing.origin}/c/hketo?t={sealing.token}&lang=es")
    page.locator("#zip").fill("94110")
    page.locator(".ask .go").click()
    page.locator(".count").wait_for()
    return page


def fill(form: Page, *, zip_code: str = "94110-1234", updates: bool = True) -> None:
    form.locator("#email").fill(f" {EMAIL} ")
    form.locator("#name").fill(NAME)
    form.locator("#zip2").fill(zip_code)
    if updates:
        form.locator("[name=updates]").check()


def count_me_in(form: Page) -> None:
    form.locator(".count .go").click()
    form.locator(".thanks").wait_for()


def told(sent: dict[str, str]) -> set[str]:
    """Of what was sent, what a visitor may have typed or ticked."""
    return {"email", "name", "zip", "updates", "anonymous", "sealed"} & set(sent)


def exported(sealing: Served) -> list[dict[str, str]]:
    (key,) = sealing.home.glob("demo-private-*.key")
    return list(csv.DictReader(io.StringIO(sealing.command("export", "hketo", "--key", key))))


def newest(sealing: Served) -> dict[str, str]:
    return exported(sealing)[-1]


def personal(row: dict[str, str]) -> dict[str, str]:
    fields = ("email", "name", "zip", "updates", "state", "district", "language")
    return {name: row[name] for name in fields}


WHOLE = {
    "email": EMAIL,
    "name": NAME,
    "zip": "94110",
    "updates": "yes",
    "state": "CA",
    "district": "CA-11",
    "language": "es",
}


def test_the_organisers_key_opens_what_the_browser_sealed(
    form: Page, sealing: Served, posts: Posts
) -> None:
    fill(form)
    count_me_in(form)
    (sent,) = posts()
    assert told(sent) == {"email", "updates", "sealed"}
    assert personal(newest(sealing)) == WHOLE


def test_the_recovery_key_opens_it_too(
    form: Page, sealing: Served, recovery: KeyPair, posts: Posts
) -> None:
    fill(form)
    count_me_in(form)
    with closing(sqlite3.connect(sealing.home / "threesteps.db")) as connection:
        rows = connection.execute("SELECT wrapped FROM content_keys").fetchall()
    private = load_private_key(recovery.private)
    assert all(len(unwrap(wrapped, "hketo", [private]).secret) == 32 for (wrapped,) in rows)
    assert "sealed" in posts()[0]


def test_the_script_that_seals_comes_when_the_form_is_touched(form: Page) -> None:
    asked: list[str] = []
    form.on("request", lambda request: asked.append(request.url))
    form.locator("[data-act^=tweet] [data-do=shuffle]").first.click()
    assert not any(map(SEALER.search, asked))
    with form.expect_response(SEALER) as answer:
        form.locator("#email").focus()
    assert answer.value.ok


def test_what_will_not_be_kept_does_not_leave_the_browser(form: Page, posts: Posts) -> None:
    fill(form, updates=False)
    count_me_in(form)
    (sent,) = posts()
    assert told(sent) == {"email"}


def test_who_is_counted_without_details_sends_none(form: Page, posts: Posts) -> None:
    fill(form)
    form.locator("[name=anonymous]").click()
    form.locator(".thanks").wait_for()
    (sent,) = posts()
    assert told(sent) == {"anonymous", "updates"}


def test_a_wrong_zip_is_complained_about_and_not_told(form: Page, posts: Posts) -> None:
    fill(form, zip_code="9411")
    form.locator(".count .go").click()
    expect(form.locator("#zip2-fault")).to_contain_text("94110")
    (sent,) = posts()
    assert sent["zip"] == "?"
    form.locator("#zip2").fill("９４１１０")
    count_me_in(form)


Trouble = Callable[[Page], None]

TROUBLES: dict[str, Trouble] = {
    "a script that is blocked": lambda page: page.route(SEALER, lambda route: route.abort()),
    "a script that is gone": lambda page: page.route(
        SEALER, lambda route: route.fulfill(status=404)
    ),
    "a script that was changed": lambda page: page.route(
        SEALER,
        lambda route: route.fulfill(body="document.title = 'run'", content_type="text/javascript"),
    ),
    "a script that never comes": lambda page: page.route(SEALER, lambda route: None),
    "a browser without X25519": lambda page: page.add_init_script(OLD_BROWSER),
}


@pytest.mark.parametrize("trouble", TROUBLES.values(), ids=TROUBLES.keys())
def test_a_browser_that_cannot_seal_leaves_it_to_the_server(
    page: Page, sealing: Served, posts: Posts, trouble: Trouble, request: pytest.FixtureRequest
) -> None:
    trouble(page)
    form: Page = request.getfixturevalue("form")
    fill(form)
    count_me_in(form)
    (sent,) = posts()
    assert (sent["name"], "sealed" in sent) == (NAME, False)
    assert personal(newest(sealing)) == WHOLE
    assert form.title() != "run"


def test_what_was_sealed_to_another_key_is_sealed_again_by_the_server(
    form: Page, sealing: Served, posts: Posts
) -> None:
    form.evaluate(
        """() => {
            const form = document.querySelector('.count');
            const plan = JSON.parse(form.dataset.seal);
            plan.keys.pop();
            form.dataset.seal = JSON.stringify(plan);
        }"""
    )
    fill(form)
    count_me_in(form)
    assert ["sealed" in sent for sent in posts()] == [True, False]
    assert personal(newest(sealing)) == WHOLE


def test_what_a_broken_line_held_up_is_sealed_when_it_mends(
    form: Page, sealing: Served, posts: Posts
) -> None:
    before = len(exported(sealing))
    broken = True

    def handle(route: Route) -> None:
        if broken:
            route.abort()
        else:
            route.continue_()

    form.route(re.compile(r"/(seal-|.*/submit)"), handle)
    fill(form)
    form.locator(".count .go").click()
    expect(form.locator(".count .oops")).to_contain_text("Aún no se ha guardado")
    broken = False
    form.locator(".count .go").click()
    form.locator(".thanks").wait_for()
    assert "sealed" in posts()[-1]
    assert len(exported(sealing)) == before + 1


def test_without_scripts_the_server_seals(open_page: Callable[..., Page], sealing: Served) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(f"{sealing.origin}/c/hketo?t={sealing.token}&lang=es")
    page.locator("#zip").fill("94110")
    page.locator(".ask .go").click()
    fill(page)
    count_me_in(page)
    assert personal(newest(sealing)) == WHOLE
