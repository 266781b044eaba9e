"""The numbers beside a recount of their rows, once a night while the service runs.

It tells and never mends: who finds out why they differ has to see them as they are.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from starlette.concurrency import run_in_threadpool

from ..store import Store, tasks
from ..store.recount import differences

LOG = logging.getLogger("threesteps")

#: Three or four in the morning in New York.
QUIET = time(8, tzinfo=UTC)
#: Processes on one database begin within this time, not all at once.
SPREAD_SECONDS = 3600
#: While numbers differ, somebody may be mending them.
AGAIN_SECONDS = 3600


@dataclass
class NightlyRecount:
    """Compares at night; ``drift`` is how many numbers differed the last time."""

    store: Store
    clock: Callable[[], datetime]
    drift: int = 0
    checked_at: datetime | None = None

    async def run(self) -> None:
        """Compare each night, and each hour while numbers differ, as long as the service runs."""
        while True:
            pause = AGAIN_SECONDS if self.drift else seconds_until_quiet(self.clock())
            await asyncio.sleep(pause + secrets.randbelow(SPREAD_SECONDS))
            await self.compare()

    async def compare(self) -> None:
        """Compare now; what cannot be compared keeps what was known."""
        try:
            self.drift = await run_in_threadpool(self._count)
            done = tasks.Run(self.clock(), self.finding)
            noted = self.store.write(lambda rows: tasks.note(rows, tasks.RECOUNT, done))
            await asyncio.wrap_future(noted)
        except Exception as error:  # whatever it is, the next night may be better
            LOG.warning("The numbers could not be recounted: %s", type(error).__name__)
        else:
            self.checked_at = self.clock()
            LOG.log(logging.WARNING if self.drift else logging.INFO, "%s", self.finding)

    @property
    def checked_seconds(self) -> float:
        """When that was, in seconds since 1970; 0 before the first time."""
        return self.checked_at.timestamp() if self.checked_at else 0.0

    @property
    def finding(self) -> str:
        """What the last comparison found, in a sentence."""
        if not self.drift:
            return "Every number equals a recount of its rows."
        return f"Numbers that differ from a recount of their rows: {self.drift}."

    def _count(self) -> int:
        with self.store.read() as connection:
            return len(differences(connection))


def seconds_until_quiet(now: datetime) -> float:
    """How long it is until the quiet hour of this day or the next; never nothing."""
    quiet = datetime.combine(now.astimezone(UTC), QUIET)
    wait = quiet - now
    return (wait if wait > timedelta() else wait + timedelta(days=1)).total_seconds()
