"""What limits bring to the database, once a second and never for a request.

Rows of an address that has tripped are marked, and a proxy that we were not told of is noted.
Where several processes share a PostgreSQL, each tells the others how often an address came up,
once it came up more than a few times.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import blake2b

from sqlalchemy import Connection

from ..errors import UnavailableError
from ..store import Store, signs, tasks
from ..store import limits as shared
from .limits import Limits
from .proxies import trusted_words
from .suspects import Row

LOG = logging.getLogger("threesteps")
SECONDS = 1.0
#: What an address did less often stays in this process.
WORTH_SHARING = 5
#: Of more addresses than this the busiest: who shares it answers nobody meanwhile.
MOST_SHARED = 2_000

Key = tuple[str, bytes]


class Watch:
    """Marks and shares, as long as the service runs."""

    def __init__(self, store: Store, limits: Limits) -> None:
        self._store = store
        self._limits = limits
        self._period = 0
        self._told_of_proxy = False
        self._told: dict[bytes, int] = {}

    async def run(self) -> None:
        """Look once a second; what fails is done the next time."""
        try:
            while True:
                await asyncio.sleep(SECONDS)
                try:
                    await self.look()
                except Exception as error:  # whatever it is, the next second may be better
                    LOG.warning("Limits were not written: %s", type(error).__name__)
        finally:
            self._store.write(_marking(self._limits.suspects.take_unmarked()))

    async def look(self) -> None:
        """Forget, mark and share now."""
        self._limits.let_go()
        await self._mark()
        await self._tell_of_proxy()
        if self._store.database.is_shared:
            await self._share()

    async def _mark(self) -> None:
        suspects = self._limits.suspects
        if rows := suspects.take_unmarked():
            try:
                await asyncio.wrap_future(self._store.write(_marking(rows)))
            except UnavailableError:
                suspects.unmarked |= rows
                raise

    async def _tell_of_proxy(self) -> None:
        """Once, where ``threesteps doctor`` sees it: to limits, all who come through it are one."""
        if self._limits.met_unknown_proxy and not self._told_of_proxy:
            met = tasks.Run(datetime.now(UTC), trusted_words(self._limits.trusted))
            noted = self._store.write(lambda rows: tasks.note(rows, tasks.UNKNOWN_PROXY, met))
            await asyncio.wrap_future(noted)
            self._told_of_proxy = True

    async def _share(self) -> None:
        addresses = self._limits.addresses
        often = addresses.at_least(WORTH_SHARING, MOST_SHARED)
        mine = {_hashed(key): (key, n) for key, n in often.items()}
        period = addresses.period
        if period != self._period:
            self._period, self._told = period, {}
            await asyncio.wrap_future(self._store.write(lambda rows: shared.forget(rows, period)))
        if not mine:
            return
        more = {key: n - self._told.get(key, 0) for key, (_, n) in mine.items()}
        more = {key: n for key, n in more.items() if n}
        everywhere = await asyncio.wrap_future(
            self._store.write(lambda rows: shared.exchange(rows, period, more))
        )
        self._told.update({key: n for key, (_, n) in mine.items()})
        elsewhere = {key: everywhere.get(name, n) - n for name, (key, n) in mine.items()}
        addresses.learn(period, elsewhere)


def _marking(rows: set[Row]) -> Callable[[Connection], int]:
    return lambda connection: signs.add(connection, rows, "many")


def _hashed(key: Key) -> bytes:
    step, name = key
    return blake2b(step.encode(), digest_size=16, key=name).digest()
