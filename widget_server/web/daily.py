"""The roster synced once a day while the service runs, by a process of its own.

Nothing that a sync does, not even running out of memory, can disturb a visitor that way.
"""

import asyncio
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..settings import Settings

EVERY = timedelta(hours=24)
RETRY_SECONDS = 3600

_COMMAND = (sys.executable, "-m", "widget_server", "roster", "sync")


@dataclass
class DailySync:
    """Runs ``threesteps roster sync``; ``fault`` is why the last one failed, None if it did not."""

    settings: Settings
    fault: str | None = None

    async def run(self, synced_at: datetime | None) -> None:
        """Sync once a day, and each hour while that fails, for as long as the service runs."""
        if synced_at is not None:
            age = self.settings.clock() - synced_at
            await asyncio.sleep(max(timedelta(), EVERY - age).total_seconds())
        while True:
            await self.sync()
            await asyncio.sleep(RETRY_SECONDS if self.fault else EVERY.total_seconds())

    async def sync(self) -> None:
        """Sync now, and remember why if that fails."""
        try:
            fault = await _sync_in_a_process(self.settings)
        except OSError as error:
            fault = f"no process for it ({error.strerror})"
        self.fault = f"The daily sync of the roster failed: {fault}" if fault else None


async def _sync_in_a_process(settings: Settings) -> str | None:
    """Returns why it failed; the process does not outlive us."""
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
    said = errors.decode("utf-8", "replace").rpartition("threesteps: ")[2].strip()
    return (said or "it says nothing") if process.returncode else None


def _environment(settings: Settings) -> Mapping[str, str]:
    """The environment of the service, whatever the settings were made from."""
    changed = {
        "THREESTEPS_HOME": str(settings.home),
        "THREESTEPS_ROSTER_FROM": settings.roster_from or "",
        "THREESTEPS_NOW": settings.now.isoformat() if settings.now else "",
    }
    return {**os.environ, **changed}
