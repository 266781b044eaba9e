"""How many are in here at once: a limit in; a place, or a word to come again, out."""

from collections.abc import Iterator
from contextlib import contextmanager

from ..errors import UnavailableError

RETRY_AFTER_SECONDS = 2


class Crowd:
    """Those whose work has begun and is not done; for one event loop."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside = 0

    @contextmanager
    def joined(self) -> Iterator[None]:
        """Be one of them within the block; UnavailableError when there are too many."""
        if self._inside >= self._most:
            raise UnavailableError(retry_after_seconds=RETRY_AFTER_SECONDS)
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1
