"""Texts that want to run, and a chamber in which it is noticed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route

from tests.browser.injection.chamber import Chamber
from tests.web.hostile.payloads import PAYLOADS

#: In the short form, one of so many.
STEP = 60


@pytest.fixture
def chamber(browser: Browser) -> Iterator[Chamber]:
    context = browser.new_context()
    chamber = Chamber(context.new_page())
    context.expose_function("pwned", lambda *_: chamber.notice("a script ran"))

    def refuse(route: Route) -> None:
        if "evil" in route.request.url or route.request.is_navigation_request():
            chamber.notice(route.request.url)
        route.abort()

    context.route("**/*", refuse)
    chamber.page.on("dialog", lambda dialog: chamber.notice(dialog.message))
    yield chamber
    context.close()


@pytest.fixture
def payloads(soaking: bool) -> tuple[str, ...]:
    return PAYLOADS if soaking else PAYLOADS[::STEP]
