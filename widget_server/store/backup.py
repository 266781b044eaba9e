"""A SQLite database in; a copy of it as it was at one moment, judged before it is trusted, out."""

import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, create_engine, func, inspect, select, table
from sqlalchemy.exc import DatabaseError

from ..errors import SetupError
from ..private import flush
from . import checksum
from .lock import FileLock
from .store import Store
from .submissions import indexed_campaigns

PAGES_AT_ONCE = 2_500
#: Up to this size every index is compared with its table; above, that would take minutes.
THOROUGH_BYTES = 256 * 1024**2

#: What every version has.
_EXPECTED = {"partners", "submissions", "actions", "tallies"}

#: Told what is going on, how many pages are done, and of how many: none while nobody knows.
Progress = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: rows of each table, and the campaigns whose people were indexed."""

    rows: Mapping[str, int]
    indexed: tuple[str, ...] = ()


def back_up(store: Store, path: Path, progress: Progress) -> Contents:
    """Copy the database to a file that is whole before it has its name.

    Writers go on meanwhile. Raises SetupError, and leaves nothing behind, when the copy is not
    what it should be or cannot be written; a file of that name is replaced.
    """
    with draft(path.with_name(f"{path.name}.part")) as part:
        with store.read() as connection:
            rows = _rows(connection)  # the first read: from here on it sees one moment
            copy(_driver(connection), part, progress)
        progress("Checking", 0, None)
        contents = judge(part)
        if contents.rows != rows:
            raise SetupError(f"The copy has other rows than the database: {path} was not written.")
        checksum.append(part)
        flush(part)
        part.replace(path)
        flush(path.parent)
    return contents


@contextmanager
def draft(path: Path) -> Iterator[Path]:
    """An empty file to work on, private and ours alone; what is left of it at the end goes.

    Raises SetupError for what the disk refuses within the block.
    """
    try:
        with closing(FileLock(path)) as lock:
            if not lock.acquire():
                raise SetupError(f"{path} is being written by another command.")
            try:
                with path.open("wb"):
                    yield path
            finally:
                path.unlink(missing_ok=True)
    except OSError as error:
        raise SetupError(f"{path} cannot be written: {error.strerror}.") from None


def copy(source: sqlite3.Connection, target: Path, progress: Progress) -> None:
    """Copy the database, with what is still in its log, to a file of its own.

    A source within a transaction is copied as that sees it; without one, the copy begins anew
    each time that somebody writes. Raises SetupError.
    """
    try:
        with closing(sqlite3.connect(target)) as copied:
            copied.execute("PRAGMA synchronous = OFF")  # flushed once, when it is whole
            source.backup(
                copied,
                pages=PAGES_AT_ONCE,
                progress=lambda _, left, total: progress("Copying", total - left, total),
            )
            copied.execute("PRAGMA journal_mode = DELETE")  # one file, without a log
    except sqlite3.Error as error:
        raise SetupError(f"The copy to {target} failed: {error}.") from None


def judge(path: Path, *, known_whole: bool = False) -> Contents:
    """What is in a database file that nobody writes; SetupError when it cannot be trusted."""
    try:
        with opened(path) as connection:
            if not known_whole:
                _check_pages(connection, path)
            _check_tables(connection, path)
            return Contents(_rows(connection), indexed_campaigns(connection))
    except DatabaseError as error:
        raise SetupError(f"{path} is damaged: {error.orig}.") from None


@contextmanager
def opened(path: Path) -> Iterator[Connection]:
    """Read a database file that is not the installation's."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    engine = create_engine(
        "sqlite://", creator=lambda: sqlite3.connect(address, uri=True), hide_parameters=True
    )
    try:
        with engine.connect() as connection:
            yield connection
    finally:
        engine.dispose()


def damage(connection: Connection, size: int) -> str | None:
    """What SQLite finds wrong with a database of so many bytes, None when all is well."""
    check = "integrity_check" if size <= THOROUGH_BYTES else "quick_check"
    try:
        found = connection.exec_driver_sql(f"PRAGMA {check}(1)").scalar_one()
    except DatabaseError as error:
        return str(error.orig)
    return None if found == "ok" else " ".join(str(found).split())


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _check_pages(connection: Connection, path: Path) -> None:
    if found := damage(connection, path.stat().st_size):
        raise SetupError(f"{path} is damaged: {found}.")


def _check_tables(connection: Connection, path: Path) -> None:
    missing = _EXPECTED - set(inspect(connection).get_table_names())
    if missing:
        raise SetupError(f"{path} is no database of Threesteps: it has no {min(missing)}.")


def _rows(connection: Connection) -> dict[str, int]:
    return {name: _count(connection, name) for name in inspect(connection).get_table_names()}


def _count(connection: Connection, name: str) -> int:
    return connection.execute(select(func.count()).select_from(table(name))).scalar_one()
