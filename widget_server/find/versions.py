"""The synced tables of an installation: a home folder in, the newest tables that can be read out.

    HOME/roster/current          the name of the version in use
    HOME/roster/versions/NAME/   its tables, and under ``upstream/`` what they were built from

A version never changes after the pointer has named it, so whoever reads one is not disturbed. The
one before is kept, for the day on which the last cannot be read.
"""

import fcntl
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..errors import RosterError
from ..private import flush, make_file, make_folder, replace
from .tables import PACKAGED, Tables, packaged_tables, read_about, read_tables

UPSTREAM = "upstream"


@dataclass(frozen=True, slots=True)
class Newest:
    """Tables, and what was wrong with newer ones; ``version`` is None for the package's own."""

    tables: Tables
    version: str | None
    faults: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Versions:
    """The folder ``roster`` of a home folder; it need not exist."""

    folder: Path

    @classmethod
    def of(cls, home: Path) -> "Versions":
        """The versions of an installation."""
        return cls(home / "roster")

    def current(self) -> str | None:
        """The name of the version in use; None before the first sync. Cheap."""
        try:
            return (self.folder / "current").read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError):
            return None

    def path(self, version: str) -> Path:
        """The folder of a version."""
        return self.folder / "versions" / version

    def newest(self) -> Newest:
        """The newest tables that can be read, the package's own among them."""
        faults: list[str] = []
        packaged = read_about(PACKAGED).as_of
        for version in self._by_age():
            try:
                if read_about(self.path(version)).as_of >= packaged:
                    return Newest(read_tables(self.path(version)), version, tuple(faults))
            except (RosterError, OSError) as error:
                faults.append(f"The synced roster {version} cannot be read: {error}")
        return Newest(packaged_tables(), None, tuple(faults))

    @contextmanager
    def staging(self) -> Iterator[Path]:
        """An empty folder for the next version, for one process at a time. Raises RosterError."""
        make_folder(self.folder / "versions")
        with self._lock():
            for left_over in self.folder.glob("incoming-*"):
                shutil.rmtree(left_over)
            staged = self.folder / f"incoming-{secrets.token_hex(4)}"
            staged.mkdir(mode=0o700)
            try:
                yield staged
            finally:
                shutil.rmtree(staged, ignore_errors=True)

    def publish(self, staged: Path, now: datetime) -> str:
        """Make the staged folder the version in use, at once, and drop all but the one before."""
        version = f"{now:%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        before = self.current()
        for path in (*staged.rglob("*"), staged):
            flush(path)
        staged.rename(self.path(version))
        flush(self.path(""))
        replace(self.folder / "current", f"{version}\n".encode())
        for path in self.path("").iterdir():
            if path.name not in {version, before}:
                shutil.rmtree(path, ignore_errors=True)
        return version

    def _by_age(self) -> list[str]:
        """Every version, the one in use first."""
        current = self.current()
        names: list[str] = []
        with suppress(OSError):
            names = sorted((path.name for path in self.path("").iterdir()), reverse=True)
        return sorted(names, key=lambda name: name != current) if current else []

    @contextmanager
    def _lock(self) -> Iterator[None]:
        lock = self.folder / "sync.lock"
        make_file(lock)
        with lock.open("r+b") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise RosterError("Another sync of the roster is running.") from None
            yield
