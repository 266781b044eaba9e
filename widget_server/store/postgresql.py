"""PostgreSQL: its address in, a database that any number of processes share out.

The address goes to libpq as it is, so everything that libpq understands may be in it: several
hosts with ``target_session_attrs=read-write``, certificates, a service file.
"""

import secrets
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import psycopg
from psycopg import errors
from psycopg.conninfo import conninfo_to_dict
from sqlalchemy import Connection, Engine, ExceptionContext, create_engine, event, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from .engine import POOL_TIMEOUT_SECONDS

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

    def __init__(self, address: str) -> None:
        def connect() -> psycopg.Connection[Any]:
            options: dict[str, Any] = {**_LINE, **conninfo_to_dict(address)}
            return psycopg.connect(**options)

        self.reading = _reading(connect)
        self.writing = _writing(connect)

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


def _reading(connect: Any) -> Engine:
    return create_engine(
        "postgresql+psycopg://",
        creator=connect,
        pool_pre_ping=True,
        isolation_level="REPEATABLE READ",
        execution_options={"postgresql_readonly": True},
        pool_timeout=POOL_TIMEOUT_SECONDS,
        hide_parameters=True,
    )


def _writing(connect: Any) -> Engine:
    engine = create_engine(
        "postgresql+psycopg://",
        creator=connect,
        isolation_level="READ COMMITTED",
        execution_options={"shard": secrets.randbelow(SHARDS)},
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
