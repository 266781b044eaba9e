"""What had its time is deleted, once a day while the service runs; when it last was is told."""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.concurrency import run_in_threadpool

from ..store import Store, retention, tasks

LOG = logging.getLogger("threesteps")

DAILY = timedelta(days=1)
#: After so long without a run somebody has to look.
LATE = timedelta(days=2)
LOOK_SECONDS = 3600
#: Processes on one database do not all look at once.
SPREAD_SECONDS = 600


@dataclass
class Retention:
    """Sweeps once a day, whichever process is first; ``last`` is the last time by any of them."""

    store: Store
    clock: Callable[[], datetime]
    last: tasks.Run | None = None
    failed: bool = False

    async def run(self) -> None:
        """Look each hour whether it is time, for as long as the service runs."""
        while True:
            await asyncio.sleep(secrets.randbelow(SPREAD_SECONDS))
            await self.look()
            await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> None:
        """Sweep if nobody has for a day; what fails is tried again at the next look."""
        try:
            self.last = await run_in_threadpool(self._sweep_if_due)
        except Exception as error:  # whatever it is, the next hour may be better
            self.failed = True
            LOG.warning("What had its time was not deleted: %s", type(error).__name__)
        else:
            self.failed = False

    @property
    def last_seconds(self) -> float:
        """When the last sweep was, in seconds since 1970; 0 when none is known of."""
        return self.last.at.timestamp() if self.last else 0.0

    @property
    def is_late(self) -> bool:
        """Whether envelopes may be there that should not."""
        return self.failed or bool(self.last and self.clock() - self.last.at > LATE)

    def _sweep_if_due(self) -> tasks.Run | None:
        now = self.clock()
        last = self._read()
        if last and now - last.at < DAILY:
            return last
        retention.sweep(self.store, now)
        return self._read()

    def _read(self) -> tasks.Run | None:
        with self.store.read() as connection:
            return tasks.last(connection, tasks.RETENTION)
