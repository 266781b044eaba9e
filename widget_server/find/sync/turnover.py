"""The seats before and after a sync in; who left and who took which of them out."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from ...model import Legislator
from ..congress import noon_eastern
from ..seats import Seat, in_force

#: More do not leave between two syncs without a successor: rather, the list has a gap.
MOST_DEPARTURES = 3


@dataclass(frozen=True, slots=True)
class Turnover:
    """One seat that changed hands; its text is a sentence."""

    code: str
    left: Legislator | None
    took: Legislator | None

    def __str__(self) -> str:
        if self.took is None:
            return f"{self.code}: {_named(self.left)} left, and the seat is vacant."
        if self.left is None:
            return f"{self.code}: {_named(self.took)} took the vacant seat."
        return f"{self.code}: {_named(self.left)} left, {_named(self.took)} took the seat."


def turnovers(before: Iterable[Seat], after: Iterable[Seat], now: datetime) -> list[Turnover]:
    """Every seat whose holder at ``now`` is another person, or nobody, or somebody again."""
    then = in_force(before, now)
    return [
        Turnover(seat.code, then[key].holder, seat.holder)
        for key, seat in in_force(after, now).items()
        if key in then and _person(then[key]) != _person(seat)
    ]


def doubts(changes: Sequence[Turnover], now: datetime) -> Iterator[str]:
    """Why an organiser should look before the new list is taken."""
    gone = [
        f"{change.left.name} ({change.code})"
        for change in changes
        if change.left and change.took is None and noon_eastern(change.left.end) > now
    ]
    if len(gone) > MOST_DEPARTURES:
        yield (
            f"{len(gone)} members would leave at once, and nobody takes their seats: "
            f"{', '.join(gone)}. Does the list have a gap? --force takes it."
        )


def _person(seat: Seat) -> str | None:
    return seat.holder.id if seat.holder else None


def _named(person: Legislator | None) -> str:
    return person.name if person else "nobody"
