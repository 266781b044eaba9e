"""What could lose an acknowledged row all the same: a database and its folder in, facts out."""

import shutil
import sqlite3
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, func, select

from .engine import database_of
from .schema import audit, tasks

#: Before this, a log that is begun anew while another process commits can damage the file.
SOUND_SQLITE = (3, 51, 3)
#: Versions before it that have the same mend.
_MENDED_SQLITE = ((3, 44, 6), (3, 50, 7))

#: A backup or a step to new tables needs about as much room as the database, and never less.
ENOUGH_BYTES = 500 * 1024**2

#: The file systems in use, as Linux lists them.
MOUNTS = Path("/proc/mounts")

_OVER_THE_NETWORK = frozenset(
    {"9p", "afs", "ceph", "cifs", "fuse.glusterfs", "fuse.sshfs", "glusterfs", "lustre", "nfs"}
    | {"nfs4", "smb3", "smbfs"}
)


def is_sound_sqlite(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> bool:
    """Whether SQLite needs no lock of ours around its log."""
    mended = any(version[:2] == each[:2] and version >= each for each in _MENDED_SQLITE)
    return mended or version >= SOUND_SQLITE


def network_file_system(folder: Path, mounts: Path = MOUNTS) -> str | None:
    """The kind of file system the folder is on, when that is another machine's; else None.

    SQLite's log needs memory that is shared, and locks that hold.
    """
    lines = mounts.read_text().splitlines() if mounts.exists() else []
    kinds = {Path(_unescaped(line.split()[1])): line.split()[2] for line in lines}
    above = (kinds[path] for path in _upwards(folder) if path in kinds)
    kind = next(above, None)
    return kind if kind in _OVER_THE_NETWORK else None


def lacking_bytes(folder: Path, database_bytes: int, free: int | None = None) -> int:
    """How much room is missing on the folder's disk for a copy of the database; 0 when none."""
    if free is None:
        free = shutil.disk_usage(folder).free
    return max(0, max(ENOUGH_BYTES, database_bytes) - free)


def latest_instant(connection: Connection) -> tuple[datetime | None, bool]:
    """The database's clock and True; where it has none, its newest entry and False."""
    if clock := database_of(connection).clock(connection):
        return clock, True
    columns = (audit.c.at, tasks.c.last_at)
    found = [connection.execute(select(func.max(column))).scalar_one() for column in columns]
    return max((at for at in found if at), default=None), False


def _upwards(folder: Path) -> tuple[Path, ...]:
    folder = folder.resolve()
    return (folder, *folder.parents)


def _unescaped(name: str) -> str:
    """A mount's folder, in which the kernel writes a space as ``\\040``."""
    return name.encode().decode("unicode_escape")
