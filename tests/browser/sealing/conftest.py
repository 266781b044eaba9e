"""The demo with two who can open what is sealed, and a page that notes what it sends."""

from collections.abc import Callable, Iterator
from urllib.parse import parse_qsl

import pytest
from playwright.sync_api import Page

from tests.browser.sealing.supporter import Supporter, find
from tests.serving import Served, free_port, serving
from widget_server.keys import Keyring, add_recovery_key
from widget_server.seal import KeyPair, generate_key_pair

#: Notes what is sent, which Firefox does not tell Playwright.
NOTE_POSTS = r"""
    globalThis.posted = [];
    const { fetch } = globalThis;
    globalThis.fetch = (address, options) => {
        if (/\/submit\b/.test(address)) posted.push(String(options.body));
        return fetch(address, options);
    };
"""

Posts = Callable[[], list[dict[str, str]]]


@pytest.fixture(scope="session")
def recovery() -> KeyPair:
    """The pair whose private half is in shares."""
    return generate_key_pair()


@pytest.fixture(scope="session")
def sealing(tmp_path_factory: pytest.TempPathFactory, recovery: KeyPair) -> Iterator[Served]:
    """The service, which seals to the organiser and to those who hold shares."""
    home = tmp_path_factory.mktemp("sealing")
    Keyring.open(home / "keys")
    add_recovery_key(home / "keys", "hketo", recovery.public)
    unlimited = {"THREESTEPS_LIMITS": "off"}
    with serving("demo", "--empty", port=free_port(), home=home, environment=unlimited) as running:
        yield running


@pytest.fixture
def supporter() -> Supporter:
    """Somebody new."""
    return Supporter()


@pytest.fixture
def posts(page: Page) -> Posts:
    """The fields of each form that the page sent to be counted."""
    page.add_init_script(NOTE_POSTS)

    def read() -> list[dict[str, str]]:
        bodies = page.evaluate("posted")
        return [dict(parse_qsl(body, keep_blank_values=True)) for body in bodies]

    return read


@pytest.fixture
def form(page: Page, posts: Posts, sealing: Served) -> Page:
    """The campaign's own page in Spanish, whose visitor has found their legislators."""
    page.goto(f"{sealing.origin}/c/hketo?t={sealing.token}&lang=es")
    find(page)
    return page
