"""A backup in; the database of this installation out, and the one before it kept aside."""

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from ..errors import SetupError
from ..private import flush, make_folder
from . import checksum, recount
from .backup import Contents, Progress, copy, draft, judge, opened
from .lock import FileLock
from .migrations import newest, revision
from .sqlite import serve_lock

_LOGS = ("-wal", "-shm")


@dataclass(frozen=True, slots=True)
class Restored:
    """What is in place now, how many tallies differ from its rows, and where the old one is."""

    contents: Contents
    differing: int
    aside: Path | None


def restore(backup: Path, path: Path, now: datetime, progress: Progress) -> Restored:
    """Put a copy of the backup in the database's place, once it is judged to be whole.

    Raises SetupError, and changes nothing, when the service runs or the backup is not whole.
    """
    progress("Checking", 0, None)
    whole = checksum.is_right(backup)
    if whole is False:
        raise SetupError(f"{backup} is damaged: it is not what its checksum says.")
    make_folder(path.parent)
    with closing(serve_lock(path)), draft(path.with_name(f"{path.name}.part")) as part:
        _copy(backup, part, progress)
        progress("Checking", 0, None)
        contents = judge(part, known_whole=bool(whole))  # its pages were judged with it
        differing = _differing(part, backup)
        flush(part)
        aside = _swap(part, path, now)
    return Restored(contents, differing, aside)


def _copy(backup: Path, part: Path, progress: Progress) -> None:
    """The backup's pages, and those in the log beside it where it has one."""
    address = f"file:{quote(str(backup.resolve()))}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as source:
            copy(source, part, progress)
    except sqlite3.Error as error:
        raise SetupError(f"{backup} cannot be read: {error}.") from None


def _differing(part: Path, backup: Path) -> int:
    """How many numbers differ from their rows; SetupError for tables that we do not know."""
    with opened(part) as connection:
        if (revision(connection) or "") > newest():
            raise SetupError(f"{backup} is of a later version of Threesteps: install that.")
        return len(recount.differences(connection))


def _swap(part: Path, path: Path, now: datetime) -> Path | None:
    """Give the draft its name while no command writes; at no moment is there no database.

    The old log goes first: SQLite would read it into the new file.
    """
    with closing(FileLock(path.with_name("write.lock"))) as lock, lock.held():
        aside = path.with_name(f"{path.name}.before-{now:%Y%m%dT%H%M%SZ}")
        existed = path.exists()
        if existed:
            aside.hardlink_to(path)
        for log in _LOGS:
            with suppress(FileNotFoundError):
                path.with_name(path.name + log).replace(aside.with_name(aside.name + log))
        part.replace(path)
        flush(path.parent)
    return aside if existed else None
