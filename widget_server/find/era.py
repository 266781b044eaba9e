"""A stretch of time in which no seat changes hands and no line moves: places in, answers out.

Answers say nothing about who asked, so each is made once and shared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ..model import Answer, Legislator, Reason, Status
from ..places import STATE_NAMES
from .congress import congress_at, congress_term, noon_eastern
from .distinct import distinct
from .seats import Key, Seat
from .tables import UNLIKELY, Tables

#: Postal "states" of military post offices: they say nothing about where anybody votes.
MILITARY = frozenset({"AA", "AE", "AP"})


class Era:
    """What is true from ``start`` until ``end``, an interval that holds ``now``."""

    def __init__(self, tables: Tables, now: datetime) -> None:
        self.congress = congress_at(now)
        self.start, self.end = _interval(tables, now)
        self._as_of = tables.as_of
        self._seats = _by_code(tables.seats, self.start)
        self._current_lines = frozenset(
            lines.state
            for lines in tables.lines
            if noon_eastern(lines.valid_from) <= now
            and (lines.valid_to is None or now < noon_eastern(lines.valid_to))
        )
        self._answers: dict[str, Answer] = {}
        self._found: dict[str, Answer] = {}

    def answer(self, places: str) -> Answer:
        """Who speaks for ``"CA-11"``, ``"ND-0 SD-0"`` or ``"NY"``, as ``zips.txt`` has it."""
        answer = self._answers.get(places)
        if answer is None:
            answer = self._answers[places] = self._ranked(places)
        return answer

    def found(self, district: str) -> Answer:
        """Who speaks for a district that is known to be the right one under today's lines."""
        answer = self._found.get(district)
        if answer is None:
            answer = self._found[district] = self._found_answer(district)
        return answer

    def choose(self, districts: Sequence[str], others: Sequence[str] = ()) -> Answer:
        """Which of ``districts``, known to be right under today's lines, or of other places."""
        states = distinct(place[:2] for place in (*districts, *others))
        candidates = distinct((*districts, *filter(None, map(self._district, others))))
        unknown = [place for place in others if "-" in place and self._district(place) is None]
        redrawn = distinct(f"{place[:2]}-HOUSE" for place in unknown)
        return self._compose("choose", states, candidates, candidates + redrawn)

    def none(self, reason: Reason) -> Answer:
        """Nobody, and why."""
        return Answer("none", self.congress, self._as_of, reason=reason)

    def unavailable(self, zip_answer: Answer | None) -> Answer:
        """The geocoder is out: what the ZIP alone says, when there is one."""
        if zip_answer is None:
            return Answer("unavailable", self.congress, self._as_of)
        return replace(zip_answer, status="unavailable", reason=None, zip_status=zip_answer.status)

    def has(self, district: str) -> bool:
        """Whether the House has a seat of this name, under whatever lines."""
        return district in self._seats and not district.endswith("-SEN")

    def people(self) -> tuple[Legislator, ...]:
        """Everybody who serves in this interval."""
        return tuple(
            seat.holder
            for seats in self._seats.values()
            for seat in seats
            if seat.holder is not None and self._is_settled(seat)
        )

    def districts(self) -> tuple[str, ...]:
        """Every House district whose lines are in force in this interval."""
        return tuple(code for code in self._seats if self._district(code) == code)

    def _ranked(self, places: str) -> Answer:
        answer = self._resolve(places.replace(UNLIKELY, "").split())
        marked = (place[:-1] for place in places.split() if place.endswith(UNLIKELY))
        unlikely = tuple(district for district in marked if district in answer.districts)
        return replace(answer, unlikely=unlikely) if unlikely else answer

    def _resolve(self, places: Sequence[str]) -> Answer:
        states = distinct(place[:2] for place in places)
        if MILITARY.issuperset(states):
            return self.none("military")
        if not STATE_NAMES.keys() >= set(states):
            return self.none("no_seat")
        districts = distinct(filter(None, map(self._district, places)))
        unknown = (place for place in places if self._district(place) is None)
        redrawn = distinct(
            f"{place[:2]}-HOUSE" for place in unknown if "-" in place or len(states) > 1
        )
        if len(states) == 1 and not districts:
            return self._compose("partial", states, districts, redrawn)
        if len(states) == len(districts) == 1:
            return self.found(districts[0])
        return self._compose("choose", states, districts, districts + redrawn)

    def _found_answer(self, district: str) -> Answer:
        if not self.has(district):
            return self.none("no_seat")
        return self._compose("found", (district[:2],), (district,), (district,))

    def _district(self, place: str) -> str | None:
        """The district of a place, unless its state has several and does not say which."""
        state, _, number = place.partition("-")
        at_large = f"{state}-0"
        if at_large in self._seats:
            return at_large
        return place if number.isdigit() and state in self._current_lines else None

    def _compose(
        self,
        status: Status,
        states: Sequence[str],
        districts: tuple[str, ...],
        house: tuple[str, ...],
    ) -> Answer:
        state = states[0] if len(states) == 1 else None
        senate = (f"{state}-SEN",) if f"{state}-SEN" in self._seats else ()
        asked = [(code, seat) for code in house + senate for seat in self._seats.get(code, (None,))]
        settled = [seat for _, seat in asked if seat and self._is_settled(seat)]
        return Answer(
            status=status,
            congress=self.congress,
            as_of=self._as_of,
            districts=districts,
            vacancies=distinct(seat.code for seat in settled if seat.holder is None),
            unsettled=distinct(code for code, seat in asked if seat not in settled),
            legislators=tuple(seat.holder for seat in settled if seat.holder is not None),
            state=state,
        )

    def _is_settled(self, seat: Seat) -> bool:
        return seat.holds_at(self.start)


def _interval(tables: Tables, now: datetime) -> tuple[datetime, datetime]:
    """The longest stretch around ``now`` in which nothing in the tables begins or ends."""
    days = set(congress_term(congress_at(now)))
    days |= {day for seat in tables.seats for day in (seat.start, seat.end) if day}
    days |= {day for each in tables.lines for day in (each.valid_from, each.valid_to) if day}
    instants = sorted(noon_eastern(day) for day in days)
    return (
        max(instant for instant in instants if instant <= now),
        min(instant for instant in instants if instant > now),
    )


def _by_code(seats: Iterable[Seat], instant: datetime) -> dict[str, tuple[Seat, ...]]:
    """One row a seat: the one in force, or any other of the seat while none is."""
    rows: dict[Key, Seat] = {}
    for seat in seats:
        if seat.key not in rows or seat.holds_at(instant):
            rows[seat.key] = seat
    by_code: dict[str, tuple[Seat, ...]] = {}
    for seat in rows.values():
        by_code[seat.code] = (*by_code.get(seat.code, ()), seat)
    return by_code
