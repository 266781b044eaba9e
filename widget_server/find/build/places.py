"""Where each ZIP lies: the upstream table, its corrections and the assigned ZIPs in, places out."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from ...errors import RosterError
from ...places import STATE_NAMES
from .files import read_csv

DISTRICTS = "zccd.csv"
CORRECTIONS = "zccd-corrections.csv"

_COLUMNS = ("state_fips", "state_abbr", "zcta", "cd")


def read_places(folder: Path, corrections: Sequence[str]) -> dict[str, str]:
    """ZIP to places, as ``Tables.zips``, of the ZIPs that have a district."""
    places: dict[str, set[tuple[str, int]]] = {}
    for zip_code, state, district in _rows(folder, DISTRICTS):
        places.setdefault(zip_code, set()).add((state, district))
    for correction in corrections:
        zip_code, place = correction.split(" ")
        places.setdefault(zip_code, set()).add((place[:2], int(place[3:])))
    return {zip_code: _in_order(pairs) for zip_code, pairs in places.items()}


def read_corrections(folder: Path) -> tuple[str, ...]:
    """The places that upstream lost, as ``Tables.corrections``.

    It removed duplicates by ZIP and district number and forgot the state, so that 32 ZIPs that
    lie in two states lost one.
    """
    return tuple(
        f"{zip_code} {state}-{number}" for zip_code, state, number in _rows(folder, CORRECTIONS)
    )


def assigned_zips() -> dict[str, str]:
    """Every ZIP that the Postal Service delivers to, and its state, as ``zipcodes`` lists them.

    Among the states are AA, AE and AP (military), and FM, MH and PW (no seat in Congress).
    """
    import zipcodes  # 42,000 records: only those who build the tables wait for them

    assigned = zipcodes.filter_by(active=True)  # type: ignore[no-untyped-call]  # has no types
    return {each["zip_code"]: each["state"] for each in assigned}


def _rows(folder: Path, name: str) -> Iterator[tuple[str, str, int]]:
    for line, (_, state, zip_code, district) in read_csv(folder, name, _COLUMNS):
        if not (len(zip_code) == 5 and zip_code.isascii() and zip_code.isdigit()):
            raise RosterError(f"{name}, line {line}: {zip_code!r} is no ZIP.")
        if state not in STATE_NAMES:
            raise RosterError(f"{name}, line {line}: {state!r} has no seat in Congress.")
        if not (district.isascii() and district.isdigit() and len(district) <= 2):
            raise RosterError(f"{name}, line {line}: {district!r} is no district.")
        yield zip_code, state, int(district)


def _in_order(pairs: set[tuple[str, int]]) -> str:
    return " ".join(f"{state}-{district}" for state, district in sorted(pairs))
