"""The package's own facts: a folder of four small files in, ``Tables`` out, and back again.

    about.toml   the day of the newest fact, and where the facts come from
    seats.csv    one line a seat of Congress
    lines.csv    one line a state: since when, and until when, its district lines are in force
    zips.txt     one line a ZIP and its places: "94110 CA-11", "57638 ND-0 SD-0", "00501 NY"

A place is a district, or a state alone where the district is not known.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import RosterError
from .lines import Lines, read_lines, write_lines
from .seats import Seat, read_seats, write_seats

PACKAGED = Path(__file__).parent / "data"

_ZIP_LINE = re.compile(r"([0-9]{5}) ([A-Z]{2}(?:-[0-9]{1,2})?(?: [A-Z]{2}(?:-[0-9]{1,2})?)*)")


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the tables were built from; ``sha256`` in hexadecimal."""

    file: str
    origin: str
    licence: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Tables:
    """All facts. ``zips`` maps five digits to places separated by a space."""

    as_of: date
    sources: tuple[Source, ...]
    seats: tuple[Seat, ...]
    lines: tuple[Lines, ...]
    zips: Mapping[str, str]


def read_tables(folder: Path = PACKAGED) -> Tables:
    """Raises RosterError naming the file and what is wrong with it."""
    try:
        as_of, sources = _read_about(folder / "about.toml")
        return Tables(
            as_of=as_of,
            sources=sources,
            seats=read_seats(folder / "seats.csv"),
            lines=read_lines(folder / "lines.csv"),
            zips=_read_zips(folder / "zips.txt"),
        )
    except OSError as error:
        name = Path(error.filename or folder).name
        raise RosterError(f"{name}: cannot be read ({error.strerror}).") from None
    except UnicodeDecodeError as error:
        raise RosterError(f"A table in {folder} is not UTF-8 ({error.reason}).") from None


def write_tables(tables: Tables, folder: Path) -> None:
    """Write the four files; the same tables always give the same bytes."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "about.toml").write_text("".join(_about(tables)), encoding="utf-8")
    write_seats(folder / "seats.csv", tables.seats)
    write_lines(folder / "lines.csv", tables.lines)
    zips = "".join(f"{code} {places}\n" for code, places in sorted(tables.zips.items()))
    (folder / "zips.txt").write_text(zips, encoding="utf-8")


def _read_about(path: Path) -> tuple[date, tuple[Source, ...]]:
    try:
        about = tomllib.loads(path.read_text(encoding="utf-8"))
        sources = tuple(Source(**source) for source in about["source"])
        return date.fromisoformat(about["as_of"]), sources
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise RosterError(f"{path.name}: {error}.") from None


def _about(tables: Tables) -> Iterator[str]:
    yield "# Written by `threesteps roster build`. The facts are in the public domain.\n"
    yield f'as_of = "{tables.as_of}"\n'
    for source in tables.sources:
        yield "\n[[source]]\n"
        yield f'file = "{source.file}"\n'
        yield f'origin = "{source.origin}"\n'
        yield f'licence = "{source.licence}"\n'
        yield f'sha256 = "{source.sha256}"\n'


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
