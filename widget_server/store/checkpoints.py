"""The log into the file: commits in, their pages moved while the writer goes on.

A checkpoint ends with pages flushed from all over the file. Of a small one that takes a few
milliseconds, of ten million rows fifty and more, and whoever submits meanwhile would wait. So it
has a thread of its own. SQLite before 3.51.3 can corrupt a log that a commit resets while a
checkpoint begins; here none can reset it, because a reader holds the log for as long as a
checkpoint runs.

A log is reset by the first commit after all of it was moved. Under a load that never pauses that
moment never comes; so the writer itself moves what is left of a log that has grown long.
"""

import logging
import sqlite3
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

#: Each flushes several files, however little it moves: once a second, of ten million rows, they
#: kept more than one submission in a hundred waiting.
PERIOD_SECONDS = 4.0
#: 256 MiB, in frames of a page each.
MAX_FRAMES = 65_536

logger = logging.getLogger(__name__)


class Checkpoints:
    """The only one who checkpoints a file. ``after_turn`` is for the thread that writes."""

    def __init__(self, path: Path) -> None:
        self._holder, self._mover = _connection(path), _connection(path)
        self._thread = ThreadPoolExecutor(1, "threesteps-checkpoint")
        self._running: Future[None] | None = None
        self._frames = 0
        self._version: int | None = None
        self._next = 0.0

    def after_turn(self) -> None:
        """Begin a checkpoint when it is time for one; never raises, whatever the disk says.

        Nobody else may be writing at the moment.
        """
        if self._running and not self._running.done():
            return
        try:
            if self._frames > MAX_FRAMES:
                self._move()
                self._frames = 0
            elif time.monotonic() >= self._next:
                self._begin()
        except sqlite3.Error as error:
            _log(error)

    def close(self) -> None:
        """Wait for the checkpoint that runs, and let go of the file."""
        self._thread.shutdown()
        for connection in (self._holder, self._mover):
            connection.close()

    def _begin(self) -> None:
        """Hold the log and move it, if anything was committed since it was held the last time.

        Only then is something in it yet to be moved, and only then does a reader hold it: one that
        finds all of it in the file reads there, and a commit may reset the log under it.
        """
        self._next = time.monotonic() + PERIOD_SECONDS
        before, self._version = self._version, self._data_version()
        if before not in {None, self._version}:
            self._holder.execute("BEGIN").close()
            self._holder.execute("SELECT name FROM sqlite_schema").fetchone()
            self._running = self._thread.submit(self._move_what_is_held)

    def _move_what_is_held(self) -> None:
        try:
            self._move()
        except sqlite3.Error as error:
            _log(error)
        finally:
            self._holder.rollback()

    def _move(self) -> None:
        """As much of the log as the oldest reader has seen goes into the file, and to the disk."""
        self._mover.execute("PRAGMA synchronous = FULL").close()
        _, self._frames, _ = self._mover.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()

    def _data_version(self) -> int:
        """Another number whenever another connection has committed."""
        return int(self._mover.execute("PRAGMA data_version").fetchone()[0])


def _connection(path: Path) -> sqlite3.Connection:
    """For one thread at a time."""
    return sqlite3.connect(path, isolation_level=None, check_same_thread=False)


def _log(error: sqlite3.Error) -> None:
    logger.warning("the log could not be moved into the file: %s", error)
