"""What tests of the server share: a server without patience, and one client."""

from collections.abc import Iterator

import pytest

from tests.server.impatient import Listening, listening
from tests.server.raw import Client, connected


@pytest.fixture(scope="module")
def running() -> Iterator[Listening]:
    """A server whose deadlines are short, for the tests of a module."""
    with listening() as there:
        yield there


@pytest.fixture
def there(running: Listening) -> Listening:
    """That server, whose application has not been asked yet."""
    running.app.forget()
    return running


@pytest.fixture
def client(there: Listening) -> Iterator[Client]:
    """A connection to it."""
    with connected(there.port) as client:
        yield client
