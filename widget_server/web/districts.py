"""How many submissions came from each district: counted beside the requests, as often as it may.

Counting reads every row. With ten million it takes seconds, so whoever asks gets what was counted
last, and counting never takes more than a twentieth of the time.
"""

import asyncio
import logging
import time
from collections.abc import Collection
from dataclasses import dataclass, field

from starlette.concurrency import run_in_threadpool

from ..report import districts
from ..report.districts import DistrictCounts
from ..store import Store

LOG = logging.getLogger("threesteps")

#: Who asks waits so long for numbers of this moment, then takes those of before.
PATIENCE_SECONDS = 0.1
#: So many times longer than a count took it is not done again.
REST = 20


@dataclass
class Districts:
    """The numbers as they were last counted, None before the first time."""

    store: Store
    counts: DistrictCounts | None = None
    _task: asyncio.Task[None] | None = None
    _campaigns: frozenset[str] = field(default_factory=frozenset)
    _rested_at: float = 0.0

    async def latest(self, campaigns: Collection[str]) -> DistrictCounts | None:
        """The numbers of these campaigns; None while they are counted for the first time."""
        wanted = frozenset(campaigns)
        if wanted != self._campaigns:
            self.counts, self._campaigns, self._rested_at = None, wanted, 0.0
        if self._task is None and time.monotonic() >= self._rested_at:
            self._task = asyncio.create_task(self._count(wanted))
        if self._task:
            await asyncio.wait([self._task], timeout=PATIENCE_SECONDS)
        return self.counts

    async def _count(self, campaigns: frozenset[str]) -> None:
        begin = time.monotonic()
        try:
            counts = await run_in_threadpool(self._read, campaigns)
            if campaigns == self._campaigns:
                self.counts = counts
        except Exception as error:  # whatever it is, the numbers of before are better than none
            LOG.warning("The districts could not be counted: %s", type(error).__name__)
        finally:
            end = time.monotonic()
            self._task, self._rested_at = None, end + REST * (end - begin)

    def _read(self, campaigns: frozenset[str]) -> DistrictCounts:
        with self.store.read() as connection:
            return districts.read(connection, sorted(campaigns))
