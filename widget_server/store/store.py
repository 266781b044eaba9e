"""The place where things are kept: settings in; reads, durable writes and counters out."""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import ExitStack, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from ..errors import SetupError, UnavailableError
from ..private import make_file, make_folder
from ..settings import Settings
from . import engine
from .lock import FileLock
from .pending import Pending
from .schema import metadata
from .writer import Writer

T = TypeVar("T")

FILE_NAME = "threesteps.db"


class Store:
    """One open database. Close it, or use it in a ``with`` block, so that nothing is left over."""

    def __init__(self, path: Path, *, serving: bool) -> None:
        self.path = path
        self.pending = Pending()
        with ExitStack() as stack:
            if serving:
                stack.callback(_serve_lock(path).close)
            write_lock = FileLock(path.with_name("write.lock"))
            stack.callback(write_lock.close)
            self._reading = engine.reading(path)
            stack.callback(self._reading.dispose)
            writing = engine.writing(path, checkpoints=serving)
            self._writer = Writer(writing, write_lock.held, self.pending)
            stack.callback(self._writer.close)
            self._writer.write(metadata.create_all).result()
            self._open = stack.pop_all()

    @classmethod
    def open(cls, settings: Settings, *, serving: bool) -> Self:
        """Open the database of this installation, and create what is missing.

        ``serving`` is for the one process that runs the service. Raises SetupError when another
        one does, or when the database cannot be opened.
        """
        if settings.database_url:
            raise SetupError(
                "THREESTEPS_DATABASE_URL: this version keeps its data in SQLite only; unset it."
            )
        path = settings.home / FILE_NAME
        try:
            make_folder(settings.home)
            make_file(path)
            return cls(path, serving=serving)
        except OSError as error:
            raise _unusable(path, error.strerror or "no access") from None
        except UnavailableError:
            raise _unusable(path, "it is locked, full or damaged") from None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the database and cannot change it."""
        try:
            with self._reading.connect() as connection:
                yield connection
        except OperationalError as error:
            raise UnavailableError from error

    def write(self, job: Callable[[Connection], T]) -> Future[T]:
        """Run the job in the next commit. See ``Writer.write``."""
        return self._writer.write(job)

    def close(self) -> None:
        """Finish what waits and let go of the files. Closing twice is harmless."""
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


def _serve_lock(path: Path) -> FileLock:
    lock = FileLock(path.with_name("serve.lock"))
    if lock.acquire():
        return lock
    lock.close()
    raise SetupError(
        f"Another `threesteps serve` or `demo` is already running on {path}. "
        "Stop it first, or set THREESTEPS_HOME to another folder."
    )


def _unusable(path: Path, reason: str) -> SetupError:
    return SetupError(f"{path} cannot be used: {reason}. Check THREESTEPS_HOME.")
