"""The roster synced once a day while the service runs, by a process of its own.

Nothing that a sync does, not even running out of memory, can disturb a visitor that way.
"""

import asyncio
import logging
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..settings import Settings

LOG = logging.getLogger("threesteps")
EVERY = timedelta(hours=24)
RETRY_SECONDS = 3600

_COMMAND = (sys.executable, "-m", "widget_server", "roster", "sync")


@dataclass
class DailySync:
    """Runs ``threesteps roster sync``.

    ``fault`` is why the last one failed, None if it did not; ``notes`` are what the last good one
    said, a sentence each.
    """

    settings: Settings
    fault: str | None = None
    notes: tuple[str, ...] = ()

    async def run(self, synced_at: datetime | None) -> None:
        """Sync once a day, and each hour while that fails, for as long as the service runs."""
        if synced_at is not None:
            age = self.settings.clock() - synced_at
            await asyncio.sleep(max(timedelta(), EVERY - age).total_seconds())
        while True:
            await self.sync()
            await asyncio.sleep(RETRY_SECONDS if self.fault else EVERY.total_seconds())

    async def sync(self) -> None:
        """Sync now, and remember what it said, or why it failed."""
        try:
            self.notes, self.fault = await _sync_in_a_process(self.settings), None
        except _FailedError as failure:
            self._fail(str(failure))
        except Exception as error:  # whatever it is, the next hour may be better
            self._fail(f"{type(error).__name__}: {error}")

    def _fail(self, reason: str) -> None:
        self.fault = f"The daily sync of the roster failed: {reason}"
        LOG.warning("%s", self.fault)


class _FailedError(Exception):
    """The process ended with a fault; the text is what it said."""


async def _sync_in_a_process(settings: Settings) -> tuple[str, ...]:
    """Returns the notes of a good sync; the process does not outlive us."""
    process = await asyncio.create_subprocess_exec(
        *_COMMAND,
        env=_environment(settings),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        _, errors = await process.communicate()
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    said = errors.decode("utf-8", "replace").strip()
    if process.returncode:
        _, ours, sentences = said.rpartition("threesteps: ")
        raise _FailedError(sentences if ours else (said.splitlines() or ["it says nothing"])[-1])
    return tuple(said.splitlines())


def _environment(settings: Settings) -> Mapping[str, str]:
    """The environment of the service, whatever the settings were made from."""
    changed = {
        "THREESTEPS_HOME": str(settings.home),
        "THREESTEPS_ROSTER_FROM": settings.roster_from or "",
        "THREESTEPS_NOW": settings.now.isoformat() if settings.now else "",
    }
    return {**os.environ, **changed}
