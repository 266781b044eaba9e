"""SQLite: a file's path in, a database that one service and its commands share out.

A reading connection can do nothing else; a writing one begins with the write lock, so that no
transaction fails halfway because another got there first.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import chain
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Dialect,
    Engine,
    bindparam,
    create_engine,
    event,
    select,
)
from sqlalchemy.pool import ConnectionPoolEntry

from ..errors import SetupError, UnavailableError
from .checkpoints import Checkpoints
from .engine import POOL_TIMEOUT_SECONDS
from .insertion import Insertion
from .lock import FileLock
from .schema import submissions

BUSY_TIMEOUT_SECONDS = 4.0
#: Nobody checkpoints along with a commit. See checkpoints.py.
ALWAYS = ("PRAGMA foreign_keys = ON", "PRAGMA wal_autocheckpoint = 0")
WRITING = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten, not only let go of
)
#: The value of ``synchronous`` that waits for the disk at each commit.
_FULL = 2


class SQLite:
    """A database in one file. See ``engine.Database``."""

    is_shared = False
    #: Every transaction that writes is alone.
    brought_by = select(submissions.c.supporter, submissions.c.partner).where(
        submissions.c.campaign == bindparam("campaign"),
        submissions.c.supporter.in_(bindparam("supporters", expanding=True)),
        submissions.c.first.is_(True),
    )

    def __init__(self, path: Path, *, serving: bool) -> None:
        """``serving`` is for the one process that runs the service; it alone checkpoints.

        Raises SetupError when another one runs.
        """
        with ExitStack() as stack:
            if serving:
                stack.callback(serve_lock(path).close)
            self._write_lock = FileLock(path.with_name("write.lock"))
            stack.callback(self._write_lock.close)
            self.writing = self._engine(path, "IMMEDIATE", WRITING)
            stack.callback(self._dispose)
            self._checkpoints = Checkpoints(path) if serving else None
            if self._checkpoints:
                stack.callback(self._checkpoints.close)
            self.reading = self._engine(path, "DEFERRED", ("PRAGMA query_only = ON",))
            stack.callback(self.reading.dispose)
            self._open = stack.pop_all()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Held around each batch and its commit; a checkpoint may begin when it ends."""
        with self._write_lock.held():
            try:
                yield
            finally:
                if self._checkpoints:
                    self._checkpoints.after_turn()

    def only_one_migrates(self, connection: Connection) -> None:
        """Every transaction that writes is alone."""

    def may_pass(self, error: Exception) -> bool:
        """Whoever is locked out has waited for long already."""
        return False

    def close(self) -> None:
        """Let go of the files."""
        self._open.close()

    @staticmethod
    def insert(
        _: Dialect, insertion: Insertion, rows: Sequence[Sequence[Any]]
    ) -> tuple[str, tuple[Any, ...]]:
        """A mark for each value."""
        row = f"({', '.join('?' * len(insertion.table.columns))})"
        values = f"VALUES {', '.join([row] * len(rows))}"
        statement = f"{insertion.into} {values} {insertion.on_conflict}"
        return statement, tuple(chain.from_iterable(rows))

    @staticmethod
    def weaknesses(connection: Connection) -> Iterator[str]:
        """A log that is not written ahead, or not to the disk."""
        journal = connection.exec_driver_sql("PRAGMA journal_mode").scalar_one()
        if journal != "wal":
            yield f"SQLite keeps no write-ahead log here: its journal_mode is {journal}."
        if connection.exec_driver_sql("PRAGMA synchronous").scalar_one() < _FULL:
            yield "SQLite does not wait for the disk here: synchronous is less than FULL."

    @staticmethod
    def clock(_: Connection) -> None:
        """It is this machine's."""

    def _engine(self, path: Path, begin: str, pragmas: tuple[str, ...]) -> Engine:
        engine = create_engine(
            URL.create("sqlite", database=str(path)),
            connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "isolation_level": None},
            execution_options={"database": self},
            pool_timeout=POOL_TIMEOUT_SECONDS,
            hide_parameters=True,  # an error in a log names no one
        )

        @event.listens_for(engine, "connect")
        def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
            for pragma in (*ALWAYS, *pragmas):
                connection.execute(pragma).close()

        # Python before 3.12 begins transactions late and commits before DDL unless it is told
        # (isolation_level None) to leave BEGIN to us.
        @event.listens_for(engine, "begin")
        def _begin(connection: Connection) -> None:
            connection.exec_driver_sql(f"BEGIN {begin}")

        return engine

    def _dispose(self) -> None:
        # Closing the last connection checkpoints. Who holds the lock for long has another.
        with suppress(UnavailableError), self._write_lock.held():
            self.writing.dispose()


def serve_lock(path: Path) -> FileLock:
    """What only one service holds; SetupError when another one does."""
    lock = FileLock(path.with_name("serve.lock"))
    if lock.acquire():
        return lock
    lock.close()
    raise SetupError(
        f"Another `threesteps serve` or `demo` is already running on {path}. "
        "Stop it first, or set THREESTEPS_HOME to another folder."
    )
