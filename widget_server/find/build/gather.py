"""All upstream files of a folder in, ``Tables`` out. The same files always give the same tables.

Seats and people are those of the newest fact's Congress, lines those of the 119th.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from ..congress import congress_term, end_of_congress
from ..lines import Lines
from ..seats import Seat, departed, seat_order
from ..tables import Source, Tables
from .changes import CHANGES, Changes, apply_changes, read_changes, vacant_house_seat
from .files import digest
from .people import ACCOUNTS, LEGISLATORS, read_accounts, read_people
from .places import CORRECTIONS, DISTRICTS, read_corrections, read_places

_LEGISLATORS_ORIGIN = "https://github.com/unitedstates/congress-legislators"
_DISTRICTS_ORIGIN = "https://github.com/OpenSourceActivismTech/us-zipcodes-congress"

#: File, origin and licence of everything that is read.
SOURCES = (
    (LEGISLATORS, _LEGISLATORS_ORIGIN, "CC0-1.0"),
    (ACCOUNTS, _LEGISLATORS_ORIGIN, "CC0-1.0"),
    (CHANGES, "facts, each with its source in the file", "facts"),
    (DISTRICTS, _DISTRICTS_ORIGIN, "public domain (US Census)"),
    (CORRECTIONS, _DISTRICTS_ORIGIN, "public domain (US Census)"),
)

#: The Congress whose lines the districts of ``zccd.csv`` are.
CONGRESS_OF_LINES = 119

#: States whose districts are redrawn from the 120th Congress on (state legislatures and courts,
#: 2025 and 2026); the other states keep the lines of 2022 to 2024.
REDRAWN_FOR_120 = frozenset({"AL", "CA", "FL", "LA", "NC", "OH", "TN", "TX", "UT"})


def gather(
    folder: Path, assigned: Mapping[str, str], progress: Callable[[str], None] = lambda _: None
) -> Tables:
    """Read, mend and join the upstream files; ``assigned`` maps ZIPs to states.

    ``progress`` is called with the name of each file before it is read. Raises RosterError naming
    the file and what is wrong with it.
    """
    progress(ACCOUNTS)
    accounts = read_accounts(folder)
    progress(LEGISLATORS)
    held = read_people(folder, accounts)
    progress(CHANGES)
    changes = read_changes(folder)
    progress(DISTRICTS)
    corrections = read_corrections(folder)
    zips = {**assigned, **read_places(folder, corrections)}
    seats = _with_vacancies(apply_changes(held, changes, accounts), changes, zips)
    as_of = max(seat.start for seat in seats if seat.start)
    return Tables(
        as_of=as_of,
        sources=tuple(Source(*source, digest(folder, source[0])) for source in SOURCES),
        seats=tuple(sorted(seats, key=seat_order)),
        lines=lines_of_119({seat.state for seat in seats}),
        zips=zips,
        left=dict.fromkeys(departed(held, seats), as_of),
        corrections=corrections,
    )


def _with_vacancies(
    filled: list[Seat], changes: Changes, zips: Mapping[str, str]
) -> tuple[Seat, ...]:
    """The seats, and those that nobody holds: upstream leaves them out, but ZIPs lie in them."""
    end = end_of_congress(max(seat.start for seat in filled if seat.start))
    districts = {place for places in zips.values() for place in places.split() if "-" in place}
    empty = districts - {seat.code for seat in filled}
    vacant = (vacant_house_seat(code, changes.vacant_since.get(code), end) for code in empty)
    return (*filled, *vacant)


def lines_of_119(states: Iterable[str]) -> tuple[Lines, ...]:
    """The lines of ``CONGRESS_OF_LINES``: until when each of the states keeps them."""
    begin, end = congress_term(CONGRESS_OF_LINES)
    return tuple(
        Lines(state, CONGRESS_OF_LINES, begin, end if state in REDRAWN_FOR_120 else None)
        for state in sorted(states)
    )
