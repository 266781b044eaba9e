"""More submissions than a service can take: a rate in; every answer, by its status, out.

Nobody waits for the answer before: requests begin when their time has come, each on a connection
that is free or on a new one, as long as there are not too many.
"""

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.faults.passages import Passage
from tests.faults.promises import Promises
from tests.faults.wire import Wire

TICK_SECONDS = 0.02


@dataclass
class Flood:
    """``sent`` counts the requests, ``held`` those for which no connection was free.

    ``drained_seconds`` is how long after the last one the last answer came.
    """

    origin: str
    passages: Iterator[Passage]
    most_connections: int
    promises: Promises = field(default_factory=Promises)
    sent: int = 0
    held: int = 0
    drained_seconds: float = 0.0
    _free: list[Wire] = field(default_factory=list)
    _open: int = 0

    async def run(self, rate: float, seconds: float) -> None:
        """Send so many a second for so long, and hear the answers out."""
        begun = time.monotonic()
        async with asyncio.TaskGroup() as group:
            while (elapsed := time.monotonic() - begun) < seconds:
                while self.sent + self.held < elapsed * rate:
                    self._begin(group)
                await asyncio.sleep(TICK_SECONDS)
        self.drained_seconds = time.monotonic() - begun - elapsed
        for wire in self._free:
            wire.close()

    def _begin(self, group: asyncio.TaskGroup) -> None:
        if not self._free and self._open >= self.most_connections:
            self.held += 1
            return
        self.sent += 1
        group.create_task(self._submit(next(self.passages), self._wire()))

    def _wire(self) -> Wire:
        if self._free:
            return self._free.pop()
        self._open += 1
        return Wire(self.origin)

    async def _submit(self, passage: Passage, wire: Wire) -> None:
        try:
            await passage.submit(wire, self.promises)
        except ConnectionError:
            self.promises.unanswered += 1
        finally:
            self._free.append(wire)
