"""Tables in, sentences about what cannot be true of them out.

The bounds are the law's where there is one (2 U.S.C. 2a: 435 representatives; the six places with
a delegate or resident commissioner; two senators a state), else far below what any Congress had.
"""

from collections import Counter
from collections.abc import Iterator

from ..model import Role
from .tables import Tables

SEATS: dict[Role, int] = {
    "representative": 435,
    "delegate": 5,
    "resident commissioner": 1,
    "senator": 100,
}

_MOST_VACANT = 20
_FEWEST_OF_A_PARTY = 150
_FEWEST_ZIPS = 40_000
_FEWEST_ZIPS_WITH_DISTRICT = 33_000


def faults(tables: Tables) -> list[str]:
    """What is implausible, a sentence each; an empty list when nothing is."""
    return [*_seat_faults(tables), *_people_faults(tables), *_zip_faults(tables)]


def _seat_faults(tables: Tables) -> Iterator[str]:
    counted = Counter(seat.role for seat in tables.seats)
    for role, expected in SEATS.items():
        if counted[role] != expected:
            yield f"There are {counted[role]} seats of the role {role}, not {expected}."
    vacant = sum(seat.holder is None for seat in tables.seats)
    if vacant > _MOST_VACANT:
        yield f"{vacant} seats are vacant."
    codes = Counter((seat.code, seat.senate_class) for seat in tables.seats)
    yield from (f"{code} stands {count} times." for (code, _), count in codes.items() if count > 1)
    for code, count in Counter(s.code for s in tables.seats if s.senate_class).items():
        if count != 2:
            yield f"{code}: {count} seats, not 2."


def _people_faults(tables: Tables) -> Iterator[str]:
    people = [seat.holder for seat in tables.seats if seat.holder]
    for bioguide, count in Counter(person.id for person in people).items():
        if count > 1:
            yield f"{bioguide} holds {count} seats."
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
    places = {place for places in set(tables.zips.values()) for place in places.split()}
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
