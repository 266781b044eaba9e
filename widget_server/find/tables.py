"""All the facts: a folder of four small files in, ``Tables`` out, and back again.

    about.toml   the day of the newest fact, what upstream gets wrong, and where all comes from
    seats.csv    one line a seat of Congress
    lines.csv    one line a state: since when, and until when, its district lines are in force
    zips.txt     one line a ZIP and its places: "94110 CA-11", "57638 ND-0 SD-0", "00501 NY"

A place is a district, or a state alone where the district is not known. Places stand in the order
of their likelihood where it is known; "94110 CA-11 CA-15?" lies in CA-15 by less than a hundredth.
"""

import csv
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from pathlib import Path

from ..errors import RosterError
from .lines import Lines, read_lines, write_lines
from .seats import Seat, read_seats, write_seats

PACKAGED = Path(__file__).parent / "data"

#: Stands after a place in which hardly anything of the ZIP lies.
UNLIKELY = "?"

_PLACE = r"[A-Z]{2}(?:-[0-9]{1,2}\??)?"
_ZIP_LINE = re.compile(rf"([0-9]{{5}}) ({_PLACE}(?: {_PLACE})*)")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the tables were built from; ``sha256`` in hexadecimal."""

    file: str
    origin: str
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class About:
    """Everything in ``Tables`` that is not a table."""

    as_of: date
    sources: tuple[Source, ...]
    left: Mapping[str, date]
    corrections: tuple[str, ...] = ()
    synced_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Tables:
    """All facts. ``zips`` maps five digits to places separated by a space.

    ``left`` are terms that ended early, ``"G000359 2021-01-03"``, and the day of the list that
    showed it: an older one may still name them. ``corrections`` are places that the upstream
    table of ZIPs lost, ``"57638 SD-0"``. ``synced_at`` is None for the package's own tables.
    """

    as_of: date
    sources: tuple[Source, ...]
    seats: tuple[Seat, ...]
    lines: tuple[Lines, ...]
    zips: Mapping[str, str]
    left: Mapping[str, date] = field(default_factory=dict)
    corrections: tuple[str, ...] = ()
    synced_at: datetime | None = None


@cache
def packaged_tables() -> Tables:
    """The package's own, read once: they do not change while a process runs."""
    return read_tables()


def read_tables(folder: Path = PACKAGED) -> Tables:
    """Raises RosterError naming the file, or at least the folder, and what is wrong with it."""
    try:
        about = read_about(folder)
        return Tables(
            as_of=about.as_of,
            sources=about.sources,
            seats=read_seats(folder / "seats.csv"),
            lines=read_lines(folder / "lines.csv"),
            zips=_read_zips(folder / "zips.txt"),
            left=about.left,
            corrections=about.corrections,
            synced_at=about.synced_at,
        )
    except OSError as error:
        name = Path(error.filename or folder).name
        raise RosterError(f"{name}: cannot be read ({error.strerror}).") from None
    except (UnicodeDecodeError, csv.Error) as error:
        raise RosterError(f"A table in {folder} cannot be read ({error}).") from None


def write_tables(tables: Tables, folder: Path) -> None:
    """Write the four files; the same tables always give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "about.toml").write_text("".join(_about(tables)), encoding="utf-8")
    write_seats(folder / "seats.csv", tables.seats)
    write_lines(folder / "lines.csv", tables.lines)
    zips = "".join(f"{code} {places}\n" for code, places in sorted(tables.zips.items()))
    (folder / "zips.txt").write_text(zips, encoding="utf-8")


def read_about(folder: Path) -> About:
    """What ``about.toml`` says; cheap. Raises RosterError, and OSError when it is not there."""
    path = folder / "about.toml"
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        synced_at = about.get("synced_at")
        return About(
            as_of=date.fromisoformat(about["as_of"]),
            sources=tuple(Source(**source) for source in about["source"]),
            left={str(term): _day(seen) for term, seen in about["left"].items()},
            corrections=tuple(about["corrections"]),
            synced_at=datetime.fromisoformat(synced_at) if synced_at else None,
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise RosterError(f"{path.name}: {error}.") from None


def _about(tables: Tables) -> Iterator[str]:
    yield "# Written by `threesteps roster`. The facts are in the public domain.\n"
    yield f'as_of = "{tables.as_of}"\n'
    if tables.synced_at:
        yield f'synced_at = "{tables.synced_at.isoformat()}"\n'
    yield f"corrections = {json.dumps(tables.corrections, indent=2)}\n"
    yield "\n[left]\n"
    for term, seen in sorted(tables.left.items()):
        yield f'"{term}" = {seen}\n'
    for source in tables.sources:
        yield "\n[[source]]\n"
        yield f'file = "{source.file}"\n'
        yield f'origin = "{source.origin}"\n'
        yield f'licence = "{source.licence}"\n'
        yield f'sha256 = "{source.sha256}"\n'


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError(f"{value!r} is no day")
    return value


def _read_zips(path: Path) -> dict[str, str]:
    # Most of the 42,000 ZIPs share one of a few thousand places: each is kept once.
    kept: dict[str, str] = {}
    zips: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        match = _ZIP_LINE.fullmatch(line)
        if match is None:
            raise RosterError(f"{path.name}, line {number}: {line!r} is not a ZIP and its places.")
        zips[match[1]] = kept.setdefault(match[2], match[2])
    return zips
