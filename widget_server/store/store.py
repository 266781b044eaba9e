"""The place where things are kept: settings in; reads, durable writes and counters out."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from ..errors import SetupError, UnavailableError
from ..private import make_file, make_folder
from ..settings import Settings
from .engine import Database
from .migrations import migrate
from .pending import Pending
from .sqlite import SQLite
from .writer import Writer

Item = TypeVar("Item")
T = TypeVar("T")

FILE_NAME = "threesteps.db"


class Store:
    """One open database. Close it, or use it in a ``with`` block, so that nothing is left over."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.pending = Pending()
        with ExitStack() as stack:
            stack.callback(database.close)
            self._writer = Writer(database, self.pending)
            stack.callback(self._writer.close)
            self._writer.write(lambda connection: migrate(connection, database)).result()
            self._open = stack.pop_all()

    @classmethod
    def open(cls, settings: Settings, *, serving: bool) -> Self:
        """Open the database of this installation, and create what is missing.

        ``serving`` is for a process that runs the service. Raises SetupError when another one
        does and the database is for one, or when the database cannot be opened.
        """
        if settings.database_url:
            return cls._open_postgresql(settings.database_url)
        return cls._open_sqlite(settings.home / FILE_NAME, serving=serving)

    @classmethod
    def _open_sqlite(cls, path: Path, *, serving: bool) -> Self:
        try:
            make_folder(path.parent)
            make_file(path)
            return cls(SQLite(path, serving=serving))
        except OSError as error:
            raise _unusable(path, error.strerror or "no access") from None
        except UnavailableError:
            raise _unusable(path, "it is locked, full or damaged") from None

    @classmethod
    def _open_postgresql(cls, address: str) -> Self:
        from .postgresql import PostgreSQL  # slow to load; SQLite needs none of it

        try:
            return cls(PostgreSQL(address))
        except UnavailableError as error:
            raise SetupError(
                f"The database of THREESTEPS_DATABASE_URL cannot be used: {_reason(error)}."
            ) from None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database and cannot change it."""
        try:
            with self.database.reading.connect() as connection:
                yield connection
        except (OperationalError, InterfaceError, PoolTimeoutError) as error:
            raise UnavailableError from error

    def write(self, job: Callable[[Connection], T]) -> Future[T]:
        """Run the job in the next commit. See ``Writer.write``."""
        return self._writer.write(job)

    def write_together(
        self, jobs: Callable[[Connection, Sequence[Item]], Sequence[T]], item: Item
    ) -> Future[T]:
        """Do one thing for all the items that wait. See ``Writer.write_together``."""
        return self._writer.write_together(jobs, item)

    @property
    def waiting(self) -> int:
        """How many writes are not begun."""
        return self._writer.waiting

    @property
    def batches(self) -> Mapping[int, int]:
        """How many commits had how many writes."""
        return self._writer.batches

    def close(self) -> None:
        """Finish what waits and let go of the database. Closing twice is harmless."""
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()


def _unusable(path: Path, reason: str) -> SetupError:
    return SetupError(f"{path} cannot be used: {reason}. Check THREESTEPS_HOME.")


def _reason(error: UnavailableError) -> str:
    """The server's own words, which hold no password."""
    cause = error.__cause__
    words = str(cause.orig) if isinstance(cause, DBAPIError) else "it takes no commits"
    return " ".join(words.split()).rstrip(".")
