"""A running service and a site around it, one for all the tests of the folder."""

from collections.abc import Callable, Iterator

import pytest

from tests import serving
from tests.embed.hosts import Host, custom_element, failing, hosting
from tests.embed.organiser import Organiser


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Served]:
    """The service, on ``http://127.0.0.1``."""
    home = tmp_path_factory.mktemp("embed")
    with serving.serving("demo", "--empty", port=serving.free_port(), home=home) as running:
        yield running


@pytest.fixture(scope="session")
def host() -> Iterator[Host]:
    """A partner's site, on ``http://localhost``."""
    with hosting() as site:
        yield site


@pytest.fixture(scope="module")
def organiser(served: serving.Served) -> Organiser:
    """Who adds partners and reads their counts."""
    return Organiser(served)


@pytest.fixture
def token(organiser: Organiser, host: Host) -> str:
    """The token of a partner of the test's own, registered for the site."""
    return organiser.add_partner(host.origin).token


@pytest.fixture(scope="module")
def origin_of(served: serving.Served) -> Iterator[Callable[[str], str]]:
    """The origin of a widget server that is ``up``, ``down``, or ``failing`` with 500."""
    with failing() as broken:
        down = f"http://127.0.0.1:{serving.free_port()}"
        yield {"up": served.origin, "down": down, "failing": broken}.__getitem__


@pytest.fixture
def snippet(served: serving.Served, token: str) -> Callable[[str], str]:
    """What a partner pastes, with attributes on its element."""
    return lambda attributes: custom_element(served.origin, token).replace(
        " token", f" {attributes} token", 1
    )
