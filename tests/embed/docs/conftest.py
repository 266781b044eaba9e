"""Pages of a partner's site, as the documents have them."""

from collections.abc import Callable, Mapping

import pytest
from playwright.sync_api import Page

from tests import serving
from tests.embed.hosts import Host
from tests.embed.organiser import Organiser

Paste = Callable[..., None]


@pytest.fixture(scope="module")
def token(served: serving.Served, host: Host) -> str:
    """The token of a partner who is registered for the site."""
    return Organiser(served).add_partner(host.origin).token


@pytest.fixture
def paste(page: Page, host: Host) -> Paste:
    """Open a new page of the site with this body, and these headers."""

    def put(body: str, headers: Mapping[str, str] | None = None) -> None:
        page.goto(host.put(body, headers))

    return put
