"""What can keep a database from taking commits, on purpose: an installation in, a block out.

Within the block nothing can be committed and everything can be read; after it all is well.
"""

import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from pathlib import Path

import psycopg

from tests.faults.installation import Installation
from tests.serving import Served
from widget_server.store.store import FILE_NAME

DISK_MEGABYTES = 8
CHUNK_BYTES = 64 * 1024

Outage = Callable[[Installation, Served], AbstractContextManager[None]]


@contextmanager
def locked_file(installation: Installation, _: Served) -> Iterator[None]:
    """Another program holds SQLite's own lock."""
    path = installation.settings.home / FILE_NAME
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def locked_table(installation: Installation, _: Served) -> Iterator[None]:
    """Another client of PostgreSQL holds the table."""
    assert installation.settings.database_url
    with psycopg.connect(installation.settings.database_url) as other:
        other.execute("LOCK TABLE submissions IN EXCLUSIVE MODE")
        yield
        other.rollback()


@contextmanager
def full_disk(installation: Installation, _: Served) -> Iterator[None]:
    """Somebody else's file takes all the space that is left."""
    path = installation.settings.home / "somebody-elses"
    with path.open("wb") as file, suppress(OSError):
        while True:
            os.write(file.fileno(), bytes(CHUNK_BYTES))
    with path.open("ab") as file, suppress(OSError):
        while True:
            os.write(file.fileno(), b"\0")
    yield
    path.unlink()


@contextmanager
def small_disk(folder: Path) -> Iterator[bool]:
    """Put a folder on a disk of its own; whether that was done, as only root can."""
    options = f"size={DISK_MEGABYTES}m"
    command = ["mount", "-t", "tmpfs", "-o", options, "threesteps", str(folder)]
    folder.mkdir(exist_ok=True)
    mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", str(folder)], check=True)


@contextmanager
def no_growth(installation: Installation, served: Served) -> Iterator[None]:
    """No file may grow any further: what anybody can have instead of a full disk."""
    size = max(path.stat().st_size for path in installation.settings.home.glob(f"{FILE_NAME}*"))
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    for process in served.processes():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (size, hard))
    yield
    for process in served.processes():
        resource.prlimit(process, resource.RLIMIT_FSIZE, (hard, hard))
