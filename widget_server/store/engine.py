"""What the store asks of a database, whichever it is: a file for each keeps these promises.

All other SQL is SQLAlchemy's. It asks of a database that unique indexes may be of some rows only,
that a table changes within a transaction, and that there are savepoints.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any, Protocol, cast

from sqlalchemy import Connection, Dialect, Engine, Executable

from .insertion import Insertion

#: How long a request waits for a connection while others hold them all.
POOL_TIMEOUT_SECONDS = 4.0


class Database(Protocol):
    """An open database: how it is read, how it is written, and whose turn it is.

    Both its engines have it among their execution options, as ``database``.
    """

    @property
    def is_shared(self) -> bool:
        """Whether other processes may serve it, and transactions write to it at the same time."""

    @property
    def reading(self) -> Engine:
        """Connections that see one moment of the database and cannot change it."""

    @property
    def writing(self) -> Engine:
        """Connections whose commit is on the disk once it returns."""

    def turn(self) -> AbstractContextManager[None]:
        """Entered around each transaction that writes; UnavailableError when it never comes."""

    def only_one_migrates(self, connection: Connection) -> None:
        """Wait, within a transaction, until no other process changes the tables."""

    def may_pass(self, error: Exception) -> bool:
        """Whether the same transaction may succeed in a moment."""

    def close(self) -> None:
        """Let go of connections and files. Closing twice is harmless."""

    # What each says in words of its own.

    @property
    def brought_by(self) -> Executable:
        """Supporter and partner of the first rows of ``supporters`` in ``campaign``.

        Until the commit no other process judges the same people: both would find them new to a
        partner.
        """

    @staticmethod
    def insert(
        dialect: Dialect, insertion: Insertion, rows: Sequence[Sequence[Any]]
    ) -> tuple[str, tuple[Any, ...]]:
        """One statement for these rows, of at most ``upsert.ROWS_AT_ONCE``, and its values."""

    @staticmethod
    def weaknesses(connection: Connection) -> Iterator[str]:
        """How a commit of this connection can be lost with the power, a sentence each."""

    @staticmethod
    def clock(connection: Connection) -> datetime | None:
        """What time it is where the database runs; None where that is this machine."""


def database_of(connection: Connection) -> Database:
    """The database that a connection leads to."""
    return cast("Database", connection.get_execution_options()["database"])
