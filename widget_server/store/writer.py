"""The one thread that writes: jobs in, futures out, each resolved after its commit.

Jobs that wait at the same moment share one transaction (group commit), so that one ``fsync``
serves them all. Each runs inside a savepoint: one that fails is rolled back and fails alone.
"""

import logging
import queue
import time
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError, OperationalError

from ..errors import UnavailableError
from .pending import Pending

T = TypeVar("T")

MAX_QUEUED = 2_000
MAX_BATCH = 256
FLUSH_SECONDS = 1.0

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    """Something to do in a transaction, and what came of it."""

    call: Callable[[Connection], Any]
    future: Future[Any] = field(default_factory=Future)
    result: Any = None
    error: Exception | None = None

    def run(self, connection: Connection) -> None:
        """Do it inside a savepoint; raises only when the transaction itself is lost."""
        savepoint = connection.begin_nested()
        try:
            self.result = self.call(connection)
        except Exception as error:
            self.error = _public(error)
            savepoint.rollback()
        else:
            savepoint.commit()

    def settle(self) -> None:
        """Tell whoever waits; only ever after the commit, or for a failure."""
        if self.error:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result)


class Writer:
    """Runs jobs in batches on a thread of its own, and flushes ``pending`` each second.

    ``lock`` is entered around each batch, its commit and the checkpoint the commit may bring.
    """

    def __init__(
        self, engine: Engine, lock: Callable[[], AbstractContextManager[None]], pending: Pending
    ) -> None:
        self._engine = engine
        self._lock = lock
        self._pending = pending
        self._queue: queue.Queue[_Job] = queue.Queue(MAX_QUEUED)
        self._closing = False
        self._door = Lock()
        self._thread = Thread(target=self._run, name="threesteps-writer", daemon=True)
        self._thread.start()

    def write(self, call: Callable[[Connection], T]) -> Future[T]:
        """Run ``call`` in the next batch; the future resolves once it is on the disk.

        Raises UnavailableError when too many wait already. The future raises what the call
        raised, or UnavailableError when the database could not take it.
        """
        job = _Job(call)
        with self._door:
            if self._closing:
                raise UnavailableError
            try:
                self._queue.put_nowait(job)
            except queue.Full:
                raise UnavailableError(retry_after_seconds=2) from None
        return job.future

    def close(self) -> None:
        """Refuse new jobs, finish those that wait, flush, and end the thread."""
        with self._door:
            if not self._closing:
                self._closing = True
                self._queue.put(_Job(lambda _: None))  # wakes the thread
        self._thread.join()
        # Closing the last connection checkpoints. Who holds the lock for long has another.
        with suppress(UnavailableError), self._lock():
            self._engine.dispose()

    def _run(self) -> None:
        next_flush = time.monotonic() + FLUSH_SECONDS
        while not (self._closing and self._queue.empty()):
            self._commit(self._next_batch(next_flush))
            if time.monotonic() >= next_flush:
                self._flush()
                next_flush = time.monotonic() + FLUSH_SECONDS
        self._flush()

    def _next_batch(self, deadline: float) -> list[_Job]:
        """Wait for a job until the deadline, then take all that wait with it."""
        jobs: list[_Job] = []
        try:
            jobs.append(self._queue.get(timeout=max(0.0, deadline - time.monotonic())))
            while len(jobs) < MAX_BATCH:
                jobs.append(self._queue.get_nowait())
        except queue.Empty:
            pass
        return [job for job in jobs if job.future.set_running_or_notify_cancel()]

    def _flush(self) -> None:
        """Write what is pending; what the disk does not take waits for the next time."""
        if waiting := self._pending.take():
            job = _Job(waiting.write)
            self._commit([job])
            if job.error:
                self._pending.put_back(waiting)

    def _commit(self, jobs: list[_Job]) -> None:
        """Run the jobs in one transaction, and settle each when it is durable or has failed."""
        if not jobs:
            return
        try:
            with self._lock(), self._engine.begin() as connection:
                for job in jobs:
                    job.run(connection)
        except Exception as error:  # whatever it is, this thread must live
            logger.error("a batch of %d could not be committed: %s", len(jobs), _cause(error))
            for job in jobs:
                job.error = UnavailableError()
        for job in jobs:
            job.settle()


def _public(error: Exception) -> Exception:
    """What the job's caller sees: an outage of the database is UnavailableError."""
    if not isinstance(error, OperationalError):
        return error
    logger.error("a job failed: %s", _cause(error))
    unavailable = UnavailableError()
    unavailable.__cause__ = error
    return unavailable


def _cause(error: Exception) -> str:
    """The driver's own words, which hold no values of the statement."""
    return repr(error.orig) if isinstance(error, DBAPIError) else type(error).__name__
