"""The database: a file's path in, engines that read it and write it safely out.

A reading connection can do nothing else; a writing one begins with the write lock, so that no
transaction fails halfway because another got there first.
"""

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event
from sqlalchemy.pool import ConnectionPoolEntry

#: SQLite's own default, in pages of 4 KiB. Zero everywhere but in the service's writer.
CHECKPOINT_PAGES = 1000
BUSY_TIMEOUT_SECONDS = 4.0


def reading(path: Path) -> Engine:
    """An engine whose connections refuse to write."""
    return _engine(path, "DEFERRED", ("PRAGMA query_only = ON", "PRAGMA wal_autocheckpoint = 0"))


def writing(path: Path, *, checkpoints: bool) -> Engine:
    """An engine for the one thread that writes; ``checkpoints`` only in a running service."""
    pages = CHECKPOINT_PAGES if checkpoints else 0
    return _engine(
        path,
        "IMMEDIATE",
        (
            "PRAGMA journal_mode = WAL",
            "PRAGMA synchronous = FULL",
            f"PRAGMA wal_autocheckpoint = {pages}",
        ),
    )


def _engine(path: Path, begin: str, pragmas: tuple[str, ...]) -> Engine:
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_TIMEOUT_SECONDS, "isolation_level": None},
        hide_parameters=True,  # an error in a log names no one
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: sqlite3.Connection, _: ConnectionPoolEntry) -> None:
        for pragma in ("PRAGMA foreign_keys = ON", *pragmas):
            connection.execute(pragma).close()

    # Python before 3.12 begins transactions late and commits before DDL unless it is told
    # (isolation_level None) to leave BEGIN to us.
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        connection.exec_driver_sql(f"BEGIN {begin}")

    return engine
