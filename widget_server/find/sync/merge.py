"""Who holds each seat: what upstream says and what was known before in, the seats as they are out.

A list of legislators does not say of which day it is. It knows nothing later than the newest term
in it, so what we know of a later day stands; and it cannot bring back who is known to have left.
"""

from collections.abc import Container, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from ...errors import RosterError
from ..build.people import LEGISLATORS, end_of_congress, house_term_end
from ..congress import noon_eastern
from ..seats import Seat
from ..tables import Tables

#: How long the publisher may take to write down what has happened.
LAG = timedelta(days=14)

Key = tuple[str, int | None]


def merge(
    upstream: Iterable[Seat], known: Tables, now: datetime, published: date | None
) -> tuple[Seat, ...]:
    """Every seat of ``known``, with its holder; one that upstream does not name is vacant.

    ``published`` is the day of the list where that is sure. Without it, the departure of whoever
    took a seat last is seen only when somebody else takes one.
    """
    said = {seat.key: seat for seat in upstream}
    before = _in_force(known.seats, now)
    if strange := said.keys() - before.keys():
        raise RosterError(f"{LEGISLATORS}: there is no seat {min(code for code, _ in strange)}.")
    newest = max((seat.start for seat in said.values() if seat.start), default=date.min)
    horizon = max(newest, published - LAG) if published else newest
    merging = _Merging(now, horizon, end_of_congress(newest), known.left)
    return tuple(row for key, seat in before.items() for row in merging.rows(seat, said.get(key)))


@dataclass(frozen=True, slots=True)
class _Merging:
    """One list against what was known: it knows nothing that is later than ``horizon``."""

    now: datetime
    horizon: date
    end: date
    left: Container[str]

    def rows(self, known: Seat, said: Seat | None) -> list[Seat]:
        """What is true of one seat, today and later."""
        if said is not None and said.term in self.left:
            return [known]
        if known.start is not None and known.start > self.horizon:
            return [known]
        if said is None:
            return [self._vacant(known)]
        if said.start is not None and noon_eastern(said.start) > self.now:
            return [_until(known, said.start), said]
        return [said]

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


def _in_force(seats: Iterable[Seat], now: datetime) -> dict[Key, Seat]:
    """For each seat the row of today, or the last one before."""
    rows: dict[Key, Seat] = {}
    for seat in sorted(seats, key=lambda seat: seat.end):
        if seat.key not in rows or seat.start is None or noon_eastern(seat.start) <= now:
            rows[seat.key] = seat
    return rows
