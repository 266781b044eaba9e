"""From the thread that writes to the event loop: what was handed over in, what came of it out."""

import asyncio
from collections import deque
from concurrent.futures import Future
from typing import Any, TypeVar

from ..errors import UnavailableError

T = TypeVar("T")

#: As long as the store itself tries; but a submission may have waited before its turn came.
COMMIT_SECONDS = 4.0


class Commits:
    """Tells those who wait, all that one commit settled at once; for one event loop.

    asyncio's own bridge wakes the loop for each of them.
    """

    def __init__(self, patience_seconds: float = COMMIT_SECONDS) -> None:
        self._patience_seconds = patience_seconds
        self._settled: deque[tuple[asyncio.Future[Any], Future[Any]]] = deque()
        self._called = False

    async def settled(self, committed: Future[T]) -> T:
        """What was committed. Raises UnavailableError when that takes too long.

        What still waits for its turn by then is not tried any more. What was under way may yet
        arrive: whoever sends the form again is then given the answer they missed.
        """
        loop = asyncio.get_running_loop()
        waiting: asyncio.Future[T] = loop.create_future()
        late = loop.call_later(self._patience_seconds, _give_up, waiting)
        committed.add_done_callback(lambda done: self._hand_over(loop, waiting, done))
        try:
            return await waiting
        except BaseException:
            committed.cancel()
            raise
        finally:
            late.cancel()

    def _hand_over(
        self, loop: asyncio.AbstractEventLoop, waiting: asyncio.Future[T], done: Future[T]
    ) -> None:
        """In the writer's thread: leave it for the loop, and call the loop unless it comes."""
        self._settled.append((waiting, done))
        if not self._called:
            self._called = True
            loop.call_soon_threadsafe(self._tell)

    def _tell(self) -> None:
        # First: whatever is left after this calls again.
        self._called = False
        while self._settled:
            waiting, done = self._settled.popleft()
            if not waiting.done():
                _settle(waiting, done)


def _settle(waiting: asyncio.Future[T], done: Future[T]) -> None:
    error = done.exception()
    if error is None:
        waiting.set_result(done.result())
    else:
        waiting.set_exception(error)


def _give_up(waiting: asyncio.Future[T]) -> None:
    if not waiting.done():
        waiting.set_exception(UnavailableError())
