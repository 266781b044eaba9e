"""The one thread that writes: jobs in, futures out, each resolved after its commit.

Jobs that wait at the same moment share one transaction (group commit), so that one ``fsync``
serves them all. One that fails is rolled back to a savepoint and fails alone. Where the database
says that another attempt may succeed (a connection broke), the transaction is done again.
"""

import logging
import queue
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Any, TypeVar

from sqlalchemy import Connection, NestedTransaction
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError

from ..errors import UnavailableError
from .engine import Database
from .pending import Pending, Waiting

Item = TypeVar("Item")
T = TypeVar("T")

MAX_QUEUED = 2_000
MAX_BATCH = 256
FLUSH_SECONDS = 1.0
#: How long a transaction is tried again, and the pause between two attempts.
PATIENCE_SECONDS = 4.0
PAUSE_SECONDS = 0.1
DRAIN_SECONDS = 20.0

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Job:
    """Something to do for an item in a transaction, and what came of it.

    Jobs that are the same function wait for one call with all their items. ``in_doubt`` is
    called when nobody knows whether a commit has arrived, before the job is done again.
    """

    do: Callable[[Connection, Sequence[Any]], Sequence[Any]]
    item: Any = None
    in_doubt: "Callable[[_Job], None]" = lambda _: None
    future: Future[Any] = field(default_factory=Future)
    result: Any = None
    error: Exception | None = None
    first_result: Any = None

    def keep_result(self) -> None:
        """Answer as it was done first: to the next attempt its own work may look like another's."""
        if self.first_result is None:
            self.first_result = self.result

    def settle(self) -> None:
        """Tell whoever waits; only ever after the commit, or for a failure."""
        if self.error:
            self.future.set_exception(self.error)
        else:
            self.future.set_result(self.result if self.first_result is None else self.first_result)


class Writer:
    """Runs jobs in batches on a thread of its own, and flushes ``pending`` each second.

    ``batches`` says how many had how many jobs.
    """

    def __init__(self, database: Database, pending: Pending) -> None:
        self._database = database
        self._pending = pending
        self._queue: queue.Queue[_Job] = queue.Queue(MAX_QUEUED)
        self.batches: Counter[int] = Counter()
        self._closing = False
        self._door = Lock()
        self._thread = Thread(target=self._run, name="threesteps-writer", daemon=True)
        self._thread.start()

    def write(self, call: Callable[[Connection], T]) -> Future[T]:
        """Run ``call`` in the next batch; the future resolves once it is on the disk.

        Raises UnavailableError when too many wait already. The future raises what the call
        raised, or UnavailableError when the database could not take it. A call is made again
        when its transaction is.
        """
        return self._enqueue(_Job(lambda connection, _: [call(connection)]))

    def write_together(
        self, do: Callable[[Connection, Sequence[Item]], Sequence[T]], item: Item
    ) -> Future[T]:
        """Run ``do`` for all the items that wait with this one; it returns a result for each.

        When it raises, it is called for each item alone. Where the answer to a commit was lost
        and it is done again, the result is the first one. Else as ``write``.
        """
        return self._enqueue(_Job(do, item, _Job.keep_result))

    @property
    def waiting(self) -> int:
        """How many jobs are not begun."""
        return self._queue.qsize()

    def close(self) -> None:
        """Refuse new jobs, finish those that wait, flush, and end the thread.

        A database that stands still is waited for no longer than ``DRAIN_SECONDS``.
        """
        with self._door:
            if not self._closing:
                self._closing = True
                self._queue.put(_Job(lambda _, items: items))  # wakes the thread
        self._thread.join(DRAIN_SECONDS)

    def _enqueue(self, job: _Job) -> Future[Any]:
        with self._door:
            if self._closing:
                raise UnavailableError
            try:
                self._queue.put_nowait(job)
            except queue.Full:
                raise UnavailableError(retry_after_seconds=2) from None
        return job.future

    def _run(self) -> None:
        next_flush = time.monotonic() + FLUSH_SECONDS
        while not (self._closing and self._queue.empty()):
            if jobs := self._next_batch(next_flush):
                self.batches[len(jobs)] += 1
                self._commit(jobs)
            if time.monotonic() >= next_flush:
                self._flush()
                next_flush = time.monotonic() + FLUSH_SECONDS
        while self._flush():
            pass

    def _next_batch(self, deadline: float) -> list[_Job]:
        """Wait for a job until the deadline, then take all that wait with it."""
        jobs: list[_Job] = []
        with suppress(queue.Empty):
            jobs.append(self._queue.get(timeout=max(0.0, deadline - time.monotonic())))
            while len(jobs) < MAX_BATCH:
                jobs.append(self._queue.get_nowait())
        return [job for job in jobs if job.future.set_running_or_notify_cancel()]

    def _flush(self) -> bool:
        """Write what is pending, and say whether that was something and is on the disk.

        What the disk does not take waits for the next time; what no disk would ever take is
        dropped, so that it does not keep the rest from it.
        """
        jobs = [_Job(_write_pending, each, _give_up_counts) for each in self._pending.take().parts]
        self._commit(jobs)
        failed = [job for job in jobs if job.error]
        for job in failed:
            if isinstance(job.error, UnavailableError):
                self._pending.put_back(job.item)
            else:
                logger.error("some of what was pending is lost: %s", _cause(job.error))
        return bool(jobs) and not failed

    def _commit(self, jobs: Sequence[_Job]) -> None:
        """Run the jobs in one transaction, and settle each when it is durable or has failed."""
        if not jobs:
            return
        deadline = time.monotonic() + PATIENCE_SECONDS
        while error := self._attempt(jobs):
            if not self._database.may_pass(error) or time.monotonic() > deadline:
                logger.error("a batch of %d could not be committed: %s", len(jobs), _cause(error))
                for job in jobs:
                    job.error = _unavailable(error)
                break
            time.sleep(PAUSE_SECONDS)
        for job in jobs:
            job.settle()

    def _attempt(self, jobs: Sequence[_Job]) -> Exception | None:
        """One transaction; what kept it from the disk."""
        ready = False
        try:
            with self._database.turn(), self._database.writing.begin() as connection:
                for same in _by_function(jobs):
                    self._do(connection, same)
                ready = True
        except Exception as error:  # whatever it is, this thread must live
            if ready and self._database.may_pass(error):
                for job in jobs:
                    job.in_doubt(job)
            return error
        return None

    def _do(self, connection: Connection, jobs: Sequence[_Job]) -> None:
        """Do what is the same job in one call; if that fails, each alone.

        Raises when the transaction is lost, or worth another attempt.
        """
        savepoint = connection.begin_nested()
        try:
            results = jobs[0].do(connection, [job.item for job in jobs])
        except Exception as error:
            _undo(savepoint, error)
            if self._database.may_pass(error):
                raise
            self._do_alone(connection, jobs, error)
        else:
            savepoint.commit()
            for job, result in zip(jobs, results, strict=True):
                job.result, job.error = result, None

    def _do_alone(self, connection: Connection, jobs: Sequence[_Job], error: Exception) -> None:
        """Find the one that fails; alone already, it has."""
        if len(jobs) == 1:
            jobs[0].error = _public(error)
            return
        for job in jobs:
            self._do(connection, [job])


def _undo(savepoint: NestedTransaction, error: Exception) -> None:
    """Go back; a full disk or a broken connection may have taken the whole transaction."""
    try:
        savepoint.rollback()
    except DBAPIError:
        raise error from None


def _write_pending(connection: Connection, some: Sequence[Waiting]) -> Sequence[Waiting]:
    for waiting in some:
        waiting.write(connection)
    return some


def _give_up_counts(job: _Job) -> None:
    """Rather a number too small than twice the same; the rest can be written twice."""
    job.item.counts.clear()


def _by_function(jobs: Iterable[_Job]) -> Iterable[list[_Job]]:
    same: dict[Any, list[_Job]] = {}
    for job in jobs:
        same.setdefault(job.do, []).append(job)
    return same.values()


def _public(error: Exception) -> Exception:
    """What the job's caller sees: whatever is not wrong with a row is UnavailableError."""
    if not isinstance(error, DBAPIError) or isinstance(error, DataError | IntegrityError):
        return error
    logger.error("a job failed: %s", _cause(error))
    return _unavailable(error)


def _unavailable(error: Exception) -> UnavailableError:
    unavailable = UnavailableError()
    unavailable.__cause__ = error
    return unavailable


def _cause(error: Exception | None) -> str:
    """The driver's own words; what follows the first line may hold values of a row."""
    if not isinstance(error, DBAPIError):
        return type(error).__name__
    words = str(error.orig).partition("\n")[0]
    return f"{type(error.orig).__name__}: {words}"
