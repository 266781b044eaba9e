"""The facts of one installation: its home folder in; tables, and what is wrong with them, out."""

from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import RosterError
from .contacts import CONTACTS, read_contacts, with_contacts
from .tables import Tables
from .versions import Versions

#: Tells one state of the facts from another without reading them.
Stamp = tuple[str | None, int]


@dataclass(frozen=True, slots=True)
class Installed:
    """The newest tables of a home folder with its own contact pages; ``faults`` are sentences."""

    home: Path
    stamp: Stamp
    tables: Tables
    faults: tuple[str, ...]

    @classmethod
    def read(cls, home: Path) -> "Installed":
        """What cannot be read is left out and named; the package's own facts are always there."""
        stamp = _stamp(home)
        newest = Versions.of(home).newest()
        try:
            seats = with_contacts(newest.tables.seats, read_contacts(home))
        except RosterError as error:
            faults = (*newest.faults, error.sentence)
            return cls(home, stamp, newest.tables, faults)
        return cls(home, stamp, replace(newest.tables, seats=seats), newest.faults)

    def has_changed(self) -> bool:
        """Whether a sync, or somebody's editor, has changed the facts since. Cheap."""
        return self.stamp != _stamp(self.home)


def _stamp(home: Path) -> Stamp:
    try:
        edited = (home / CONTACTS).stat().st_mtime_ns
    except OSError:
        edited = 0
    return Versions.of(home).current(), edited
