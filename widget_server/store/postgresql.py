"""PostgreSQL: its address in, a database that any number of processes share out.

The address goes to libpq as it is, so everything that libpq understands may be in it: several
hosts with ``target_session_attrs=read-write``, certificates, a service file.
"""

import secrets
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from functools import lru_cache
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import (
    Connection,
    Dialect,
    Engine,
    ExceptionContext,
    Table,
    create_engine,
    event,
    func,
    select,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from .engine import POOL_TIMEOUT_SECONDS
from .insertion import Insertion

#: Each process adds to tallies of its own, as far as these go: none waits for another's commit.
SHARDS = 64
#: What names our migrations among PostgreSQL's advisory locks; any constant does.
_MIGRATION_LOCK = 0x3573_7465_7073

#: Unless the address says otherwise, a dead server is noticed within seconds, not within TCP's
#: quarter of an hour.
_LINE = {
    "connect_timeout": 3,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 4000,
    "application_name": "threesteps",
}
#: In milliseconds: longer than this, whoever waits for an answer has gone.
_STATEMENT_TIMEOUT = 4000
_TABLE_TIMEOUT = 2000

#: The connection broke, the server is starting or stopping, the disk is full, two transactions
#: were in each other's way, or the primary has become a standby.
_PASSING = (
    psycopg.OperationalError,
    psycopg.InterfaceError,
    errors.ReadOnlySqlTransaction,
)


class PostgreSQL:
    """A database behind a connection. See ``engine.Database``."""

    is_shared = True
    #: Asked one by one, because while a table is new PostgreSQL takes a list for most of its rows.
    brought_by = text(
        """
        SELECT brought.supporter, brought.partner
        FROM unnest(CAST(:supporters AS bytea[])) AS asked (supporter)
        CROSS JOIN LATERAL (
            SELECT supporter, partner FROM submissions
            WHERE campaign = :campaign AND supporter = asked.supporter AND first IS true
            LIMIT 1 FOR NO KEY UPDATE
        ) AS brought
        """
    )

    def __init__(self, address: str) -> None:
        def connect() -> psycopg.Connection[Any]:
            options: dict[str, Any] = {**_LINE, **conninfo_to_dict(address)}
            connection = psycopg.connect(**options)
            encoding = connection.info.parameter_status("server_encoding")
            if encoding != "UTF8":  # some names could not be stored
                connection.close()
                raise psycopg.NotSupportedError(f"its encoding is {encoding}, and has to be UTF8")
            return connection

        self.reading = _reading(self, connect)
        self.writing = _writing(self, connect)

    def turn(self) -> AbstractContextManager[None]:
        """Everybody may write at any time."""
        return nullcontext()

    def only_one_migrates(self, connection: Connection) -> None:
        """Wait for the lock, which the end of the transaction gives back.

        A step may take as long as it must. But while it waits for a table, nobody else gets to it.
        """
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION_LOCK})
        connection.execute(text(f"SET LOCAL lock_timeout = {_TABLE_TIMEOUT}"))

    def may_pass(self, error: Exception) -> bool:
        """Whether a new connection, or another moment, may do."""
        return isinstance(error, DBAPIError) and isinstance(error.orig, _PASSING)

    def close(self) -> None:
        """Close every connection."""
        self.reading.dispose()
        self.writing.dispose()

    @staticmethod
    def insert(
        dialect: Dialect, insertion: Insertion, rows: Sequence[Sequence[Any]]
    ) -> tuple[str, tuple[Any, ...]]:
        """An array for each column: the same short statement for any number of rows."""
        arrays = ", ".join(f"%s::{kind}[]" for kind in _types(dialect, insertion.table))
        source = f"SELECT * FROM unnest({arrays})"  # noqa: S608 # names of types only
        statement = f"{insertion.into} {source} {insertion.on_conflict}"
        return statement, tuple(map(list, zip(*rows, strict=True)))

    @staticmethod
    def weaknesses(connection: Connection) -> Iterator[str]:
        """Settings that somebody turned off."""
        for name in ("fsync", "full_page_writes", "synchronous_commit"):
            if connection.exec_driver_sql(f"SHOW {name}").scalar_one() == "off":
                yield f"PostgreSQL does not wait for the disk, or not for all of it: {name} is off."

    @staticmethod
    def clock(connection: Connection) -> datetime | None:
        """Its server's."""
        return connection.execute(select(func.now())).scalar_one()


@lru_cache
def _types(dialect: Dialect, table: Table) -> list[str]:
    return [column.type.compile(dialect) for column in table.columns]


def _reading(database: PostgreSQL, connect: Any) -> Engine:
    return create_engine(
        "postgresql+psycopg://",
        creator=connect,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        execution_options={"database": database, "postgresql_readonly": True},
        pool_timeout=POOL_TIMEOUT_SECONDS,
        hide_parameters=True,
    )


def _writing(database: PostgreSQL, connect: Any) -> Engine:
    engine = create_engine(
        "postgresql+psycopg://",
        creator=connect,
        isolation_level="READ COMMITTED",
        execution_options={"database": database, "shard": secrets.randbelow(SHARDS)},
        pool_timeout=POOL_TIMEOUT_SECONDS,
        hide_parameters=True,  # an error in a log names no one
    )

    @event.listens_for(engine, "connect")
    def _set_up(connection: psycopg.Connection[Any], _: ConnectionPoolEntry) -> None:
        connection.execute(f"SET statement_timeout = {_STATEMENT_TIMEOUT}")
        found = connection.execute("SHOW synchronous_commit").fetchone()
        if found == ("off",):
            connection.execute("SET synchronous_commit = on")  # a commit waits for the disk
        connection.commit()

    @event.listens_for(engine, "handle_error")
    def _leave_who_only_reads(context: ExceptionContext) -> None:
        if isinstance(context.original_exception, errors.ReadOnlySqlTransaction):
            context.is_disconnect = True  # the next attempt connects anew, to whoever writes now

    return engine
