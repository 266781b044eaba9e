"""From the event loop to the thread that writes, and back: something to make in, its result out.

Those who come in the same turn of the loop go together. What they make is made one after the
other, since sealing throws all else out of the processor's caches, and the next seal finds its own
still there. Then all of it is handed to the writer, which finds a full batch. And when that is
committed, the loop is woken once, and not for each.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection

from ..errors import UnavailableError
from ..store import Store

Item = TypeVar("Item")
T = TypeVar("T")

#: As long as the store itself tries; but a submission may have waited before its turn came.
COMMIT_SECONDS = 4.0


@dataclass(slots=True, eq=False)
class _Passage:
    """One who waits: how theirs is made and written, and who is told what came of it."""

    make: Callable[[], Any]
    write: Callable[[Any], Future[Any]]
    told: asyncio.Future[Any]
    made: Any = None
    committed: Future[Any] | None = None

    def begin(self) -> None:
        """Make it, unless nobody waits for it any more."""
        if not self.told.done():
            try:
                self.made = self.make()
            except Exception as error:
                self.told.set_exception(error)

    def hand_over(self, tell: Callable[["_Passage"], None]) -> None:
        """Give what was made to the writer, who calls ``tell`` once it is settled."""
        if not self.told.done():
            try:
                self.committed = self.write(self.made)
            except UnavailableError as error:
                self.told.set_exception(error)
            else:
                self.committed.add_done_callback(lambda _: tell(self))

    def end(self) -> None:
        """Tell what was committed, or why not."""
        if self.committed is None or self.told.done():
            return
        if error := self.committed.exception():
            self.told.set_exception(error)
        else:
            self.told.set_result(self.committed.result())

    def give_up(self) -> None:
        """Tell that it took too long."""
        if not self.told.done():
            self.told.set_exception(UnavailableError())


class Commits:
    """Where those who wait for a commit meet; for one event loop."""

    def __init__(self, store: Store, patience_seconds: float = COMMIT_SECONDS) -> None:
        self._store = store
        self._patience_seconds = patience_seconds
        self._come: list[_Passage] = []
        self._settled: deque[_Passage] = deque()
        self._called = False

    async def together(
        self,
        record: Callable[[Connection, Sequence[Item]], Sequence[T]],
        make: Callable[[], Item],
    ) -> T:
        """What ``record`` returned for the item that ``make`` made, once it is on the disk.

        Raises what they raise, and UnavailableError when it takes too long. What still waits for
        its turn by then is not tried any more. What was under way may yet arrive: whoever sends
        the form again is then given the answer they missed.
        """
        return await self._passed(make, partial(self._store.write_together, record))

    async def alone(self, change: Callable[[Connection], T]) -> T:
        """What ``change`` returned, once it is on the disk; otherwise as ``together``."""
        return await self._passed(lambda: change, self._store.write)

    async def _passed(self, make: Callable[[], Item], write: Callable[[Item], Future[T]]) -> T:
        loop = asyncio.get_running_loop()
        told: asyncio.Future[T] = loop.create_future()
        passage = _Passage(make, write, told)
        late = loop.call_later(self._patience_seconds, passage.give_up)
        self._come.append(passage)
        if len(self._come) == 1:
            loop.call_soon(self._set_out, loop)
        try:
            return await told
        finally:
            late.cancel()
            if passage.committed:
                passage.committed.cancel()

    def _set_out(self, loop: asyncio.AbstractEventLoop) -> None:
        """Begin with everybody who has come, and hand all of it over."""
        come, self._come = self._come, []
        for passage in come:
            passage.begin()
        for passage in come:
            passage.hand_over(lambda settled: self._settle(loop, settled))

    def _settle(self, loop: asyncio.AbstractEventLoop, passage: _Passage) -> None:
        """In the writer's thread: leave it for the loop, and call the loop unless it comes."""
        self._settled.append(passage)
        if not self._called:
            self._called = True
            loop.call_soon_threadsafe(self._arrive)

    def _arrive(self) -> None:
        # First: whatever is left after this calls again.
        self._called = False
        while self._settled:
            self._settled.popleft().end()
