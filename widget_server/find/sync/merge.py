"""Who holds each seat: what upstream says and what was known before in, the seats as they are out.

A list of legislators does not say of which day it is. It knows nothing later than the newest term
in it, so what we know of a later day stands; and it brings back who was seen to have left only
where it is no older than the list that showed it, and nobody has taken the seat.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ...errors import RosterError
from ..build.people import LEGISLATORS, house_term_end
from ..congress import end_of_congress, noon_eastern
from ..seats import Key, Seat, departed, in_force
from ..tables import Tables

#: How long the publisher may take to write down what has happened.
LAG = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Merged:
    """Who holds each seat, and ``left`` as in ``Tables``."""

    seats: tuple[Seat, ...]
    left: Mapping[str, date]


def merge(upstream: Iterable[Seat], known: Tables, now: datetime, published: date | None) -> Merged:
    """Every seat of ``known``, with its holder; one that upstream does not name is vacant.

    ``published`` is the day of the list where that is sure. Without it, the departure of whoever
    took a seat last is seen only when somebody else takes one.
    """
    said = {seat.key: seat for seat in upstream}
    before = in_force(known.seats, now)
    if strange := said.keys() - before.keys():
        raise RosterError(f"{LEGISLATORS}: there is no seat {min(code for code, _ in strange)}.")
    newest = max((seat.start for seat in said.values() if seat.start), default=date.min)
    horizon = max(newest, published - LAG) if published else newest
    merging = _Merging(now, published or newest, horizon, end_of_congress(newest), known.left)
    coming = _coming(known.seats, now, horizon)
    seats = tuple(
        row
        for key, seat in before.items()
        for row in _followed(merging.rows(seat, said.get(key)), coming.get(key))
    )
    return Merged(seats, _left(known, seats, now, published or newest))


@dataclass(frozen=True, slots=True)
class _Merging:
    """The list of a ``day`` against what was known: it knows nothing later than ``horizon``."""

    now: datetime
    day: date
    horizon: date
    end: date
    left: Mapping[str, date]

    def rows(self, known: Seat, said: Seat | None) -> list[Seat]:
        """What is true of one seat, today and later."""
        if said is not None and self._has_left(said, known):
            return [known]
        if known.start is not None and known.start > self.horizon:
            return [known]
        if said is None:
            return [self._vacant(known)]
        if said.start is not None and noon_eastern(said.start) > self.now:
            return [_until(known, said.start), said]
        return [said]

    def _has_left(self, said: Seat, known: Seat) -> bool:
        """A seat that somebody has taken is never given back; a gap in one list is mended."""
        seen = self.left.get(said.term or "")
        return seen is not None and (known.holder is not None or seen > self.day)

    def _vacant(self, known: Seat) -> Seat:
        if known.holder is None and known.end >= self.end:
            return known
        end = self.end if known.senate_class else house_term_end(known.state, self.end)
        return replace(known, holder=None, start=None, end=end)


def _until(seat: Seat, day: date) -> Seat:
    """The same row, but over on ``day`` at the latest."""
    if seat.end <= day:
        return seat
    holder = replace(seat.holder, end=day) if seat.holder else None
    return replace(seat, holder=holder, end=day)


def _coming(seats: Iterable[Seat], now: datetime, horizon: date) -> dict[Key, Seat]:
    """The rows that begin later, of which the list cannot know."""
    return {
        seat.key: seat
        for seat in seats
        if seat.start and seat.start > horizon and noon_eastern(seat.start) > now
    }


def _followed(rows: Iterable[Seat], coming: Seat | None) -> list[Seat]:
    """The rows of one seat, and the one that comes after them."""
    if coming is None or coming.start is None:
        return list(rows)
    begin = coming.start
    earlier = [row for row in rows if row.start is None or row.start < begin]
    return [*(_until(row, begin) for row in earlier), coming]


def _left(known: Tables, seats: Iterable[Seat], now: datetime, day: date) -> dict[str, date]:
    """The terms that are over early; who is back is not among them."""
    serving = {seat.term for seat in seats}
    held = [seat for seat in known.seats if seat.holds_at(now)]
    gone = {term: seen for term, seen in known.left.items() if term not in serving}
    return gone | dict.fromkeys(departed(held, seats), day)
