"""What the store asks of a database, whichever it is."""

from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, Engine

#: How long a request waits for a connection while others hold them all.
POOL_TIMEOUT_SECONDS = 4.0


class Database(Protocol):
    """An open database: how it is read, how it is written, and whose turn it is."""

    @property
    def is_shared(self) -> bool:
        """Whether other processes may serve it at the same time."""

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
