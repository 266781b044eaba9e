"""The Census Bureau's relation of ZIPs to districts: its file in, places by rank out.

``tab20_cd11920_zcta520_natl.txt`` and its successors, with the land area of each overlap:
https://www2.census.gov/geo/docs/maps-data/data/rel2020/cd-sld/
"""

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...errors import RosterError
from ..fips import DELEGATE, STATES, WATER
from ..tables import UNLIKELY
from .files import read_text

RELATION = "relation.txt"

#: A place with less than this share of a ZIP's land is a sliver: often only a drawn line's width.
SLIVER = 0.01

_DISTRICT_COLUMN = re.compile(r"GEOID_CD([0-9]{3})_20")
_ZIP_COLUMN, _AREA_COLUMN = "GEOID_ZCTA5_20", "AREALAND_PART"


@dataclass(frozen=True, slots=True)
class Relation:
    """``zips`` is as in ``Tables``, the largest place first; ``congress`` is whose lines it is."""

    congress: int
    zips: Mapping[str, str]


def read_relation(folder: Path) -> Relation:
    """Raises RosterError naming the line and what is wrong with it."""
    rows = csv.DictReader(read_text(folder, RELATION).splitlines(), delimiter="|")
    try:
        column, congress = _district_column(rows.fieldnames or ())
        return Relation(congress, _zips(rows, column))
    except csv.Error as error:
        line = rows.reader.line_num
        raise RosterError(f"{RELATION}, line {line}: {error}.") from None


def _district_column(columns: Sequence[str]) -> tuple[str, int]:
    matches = [match for match in map(_DISTRICT_COLUMN.fullmatch, columns) if match]
    if len(matches) != 1 or not {_ZIP_COLUMN, _AREA_COLUMN} <= set(columns):
        raise RosterError(f"{RELATION}, line 1: these are not the columns of the Census file.")
    return matches[0][0], int(matches[0][1])


def _zips(rows: Iterable[Mapping[str, str]], column: str) -> dict[str, str]:
    areas: dict[str, dict[str, int]] = {}
    for line, row in enumerate(rows, 2):
        if row[_ZIP_COLUMN] and not (row[column] or WATER).endswith(WATER):
            zip_code, place, area = _overlap(row, column, line)
            of_zip = areas.setdefault(zip_code, {})
            of_zip[place] = of_zip.get(place, 0) + area
    return {zip_code: _ranked(of_zip) for zip_code, of_zip in areas.items()}


def _overlap(row: Mapping[str, str], column: str, line: int) -> tuple[str, str, int]:
    zip_code, district = row[_ZIP_COLUMN], row[column]
    if not re.fullmatch(r"[0-9]{5}", zip_code):
        raise RosterError(f"{RELATION}, line {line}: {zip_code!r} is no ZIP.")
    if not re.fullmatch(r"[0-9]{4}", district) or district[:2] not in STATES:
        raise RosterError(f"{RELATION}, line {line}: {district!r} is no district.")
    if not re.fullmatch(r"[0-9]+", row[_AREA_COLUMN] or ""):
        raise RosterError(f"{RELATION}, line {line}: {row[_AREA_COLUMN]!r} is no area.")
    number = 0 if district[2:] == DELEGATE else int(district[2:])
    return zip_code, f"{STATES[district[:2]]}-{number}", int(row[_AREA_COLUMN])


def _ranked(areas: Mapping[str, int]) -> str:
    """Places by falling area; slivers are marked, unless everything is water."""
    whole = sum(areas.values())
    return " ".join(
        f"{place}{UNLIKELY}" if area < SLIVER * whole else place
        for place, area in sorted(areas.items(), key=lambda each: (-each[1], each[0]))
    )
