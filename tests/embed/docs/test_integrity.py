"""A browser runs the pinned loader from another origin, and no other bytes under its name."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.embed.docs.conftest import Paste
from tests.serving import Served
from widget_server.snippet import Embedding
from widget_server.web.loader import pinned


@pytest.fixture
def snippet(served: Served, token: str) -> str:
    embedding = Embedding(served.origin, token, "hketo", "Ask them")
    return embedding.element(pinned(served.origin))


def test_the_pinned_loader_loads_across_origins(page: Page, paste: Paste, snippet: str) -> None:
    paste(snippet)
    expect(page.locator("three-steps")).to_have_attribute("data-state", "ready")


def test_an_altered_loader_is_refused_and_the_link_stays(
    page: Page, paste: Paste, snippet: str
) -> None:
    def alter(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(response=answer, body=answer.text() + ";window.altered = true")

    page.route(re.compile(r"/embed-\w+\.js"), alter)
    with page.expect_event("console", lambda message: "integrity" in message.text):
        paste(snippet)
    expect(page.get_by_role("link", name="Take action: Ask them")).to_be_visible()
    assert page.evaluate("[customElements.get('three-steps'), window.altered]") == [None, None]
