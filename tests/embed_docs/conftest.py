"""A running service and a partner's site, one for all the tests of a file."""

from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Page

from tests import serving
from tests.embed.hosts import Host, hosting
from tests.embed.organiser import Organiser

Paste = Callable[..., None]


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Served]:
    """The service, on ``http://127.0.0.1``."""
    home = tmp_path_factory.mktemp("docs")
    with serving.serving("demo", "--empty", port=serving.free_port(), home=home) as running:
        yield running


@pytest.fixture(scope="module")
def host() -> Iterator[Host]:
    """A partner's site, on ``http://localhost``."""
    with hosting() as site:
        yield site


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
