"""What tests of the server share: a server without patience, and one client."""

from collections.abc import Iterator

import pytest

from .impatient import Listening, listening
from .raw import Client, connected


@pytest.fixture
def there() -> Iterator[Listening]:
    """A running server whose deadlines are short."""
    with listening() as running:
        yield running


@pytest.fixture
def client(there: Listening) -> Iterator[Client]:
    """A connection to it."""
    with connected(there.port) as client:
        yield client
