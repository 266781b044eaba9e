"""Tables in, sentences about what cannot be true of them out.

The bounds are the law's where there is one (2 U.S.C. 2a: 435 representatives; the six places with
a delegate or resident commissioner; two senators a state), else far below what any Congress had.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import TypeVar

from ..model import Role
from .seats import Seat
from .tables import UNLIKELY, Tables

SEATS: dict[Role, int] = {
    "representative": 435,
    "delegate": 5,
    "resident commissioner": 1,
    "senator": 100,
}

_MOST_VACANT = 20
_MOST_VACANT_IN_THE_SENATE = 2
_FEWEST_OF_A_PARTY = 150
_FEWEST_ZIPS = 40_000
_FEWEST_ZIPS_WITH_DISTRICT = 33_000
_MOST_ZIPS_LOST = 100

Label = TypeVar("Label", bound=Hashable)


def faults(tables: Tables) -> list[str]:
    """What is implausible, a sentence each; an empty list when nothing is."""
    return [*_seat_faults(tables), *_people_faults(tables), *_zip_faults(tables)]


def losses(before: Tables, after: Tables) -> list[str]:
    """What newer tables have lost that does not get lost."""
    located = {code for code, places in before.zips.items() if "-" in places}
    lost = sum("-" not in after.zips.get(code, "") for code in located)
    return [f"{lost:,} ZIPs have lost their district."] if lost > _MOST_ZIPS_LOST else []


def _seat_faults(tables: Tables) -> Iterator[str]:
    counted = Counter(role for _, role in {(seat.key, seat.role) for seat in tables.seats})
    for role, expected in SEATS.items():
        if counted[role] != expected:
            yield f"There are {counted[role]} seats of the role {role}, not {expected}."
    vacant = [seat for seat in tables.seats if seat.holder is None]
    if len(vacant) > _MOST_VACANT:
        yield f"{len(vacant)} seats are vacant."
    senate = [seat.code for seat in vacant if seat.senate_class]
    if len(senate) > _MOST_VACANT_IN_THE_SENATE:
        yield f"{len(senate)} senators are missing: {', '.join(sorted(senate))}."
    for code, _ in _overlapping((seat.key, seat) for seat in tables.seats):
        yield f"{code} is held by two at once."
    keys = {seat.key for seat in tables.seats if seat.senate_class}
    for code, count in Counter(code for code, _ in keys).items():
        if count != 2:
            yield f"{code}: {count} seats, not 2."


def _people_faults(tables: Tables) -> Iterator[str]:
    people = [seat.holder for seat in tables.seats if seat.holder]
    held = ((seat.holder.id, seat) for seat in tables.seats if seat.holder)
    yield from (f"{bioguide} holds two seats at once." for bioguide in _overlapping(held))
    yield from (
        f"{person.id}: the term ends before it begins."
        for person in people
        if person.end <= person.start
    )
    parties = Counter(person.party for person in people)
    for party in ("Democrat", "Republican"):
        if parties[party] < _FEWEST_OF_A_PARTY:
            yield f"The party {party} holds {parties[party]} seats."


def _zip_faults(tables: Tables) -> Iterator[str]:
    house = {seat.code for seat in tables.seats if not seat.senate_class}
    listed = set(tables.zips.values())
    places = {place.rstrip(UNLIKELY) for places in listed for place in places.split()}
    districts = {place for place in places if "-" in place}
    if len(tables.zips) < _FEWEST_ZIPS:
        yield f"There are {len(tables.zips)} ZIPs."
    located = sum("-" in places for places in tables.zips.values())
    if located < _FEWEST_ZIPS_WITH_DISTRICT:
        yield f"{located} ZIPs have a district."
    yield from (
        f"{code}: ZIPs lie in it, but it has no seat." for code in sorted(districts - house)
    )
    for code in sorted(house - districts):
        if code[:2] not in places:
            yield f"{code}: no ZIP lies in it."


def _overlapping(labelled: Iterable[tuple[Label, Seat]]) -> Iterator[Label]:
    """The labels under which two rows are true at the same time."""
    rows: dict[Label, list[Seat]] = defaultdict(list)
    for label, seat in labelled:
        rows[label].append(seat)
    for label, seats in rows.items():
        seats.sort(key=lambda seat: seat.end)
        if any(_start(later) < earlier.end for earlier, later in pairwise(seats)):
            yield label


def _start(seat: Seat) -> date:
    return seat.start or date.min
