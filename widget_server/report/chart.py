"""The last days as a picture: counts a day in, bars of a drawing out.

The drawing is 1000 units wide and 300 high and may be stretched; its words stand outside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from .counts import DayCounts

WIDTH = 1000
HEIGHT = 300
DAYS = 30

_LABELLED_EVERY = 7


@dataclass(frozen=True, slots=True)
class Bar:
    """One upright rectangle, from its top left corner; ``height`` 0 where nothing happened."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One day: visits that acted behind, submissions in front. ``labelled`` on every 7th day."""

    day: date
    acted: int
    submitted: int
    back: Bar
    front: Bar
    slot: Bar
    labelled: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The columns, oldest first, under a scale that ends at ``top``; ``best`` is None if empty."""

    columns: tuple[Column, ...]
    top: int
    best: Column | None
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def acted(self) -> int:
        """Visits that acted in all these days."""
        return sum(column.acted for column in self.columns)

    @property
    def submitted(self) -> int:
        """Submissions in all these days."""
        return sum(column.submitted for column in self.columns)


def last_days(days: Sequence[DayCounts], today: date, length: int = DAYS) -> tuple[DayCounts, ...]:
    """The ``length`` days up to ``today``, oldest first, with those on which nothing happened."""
    known = {entry.day: entry for entry in days}
    wanted = (today - timedelta(days=back) for back in reversed(range(length)))
    return tuple(known.get(day) or DayCounts(day, {}) for day in wanted)


def draw(days: Sequence[DayCounts]) -> Chart:
    """Draw days that follow one another, oldest first."""
    top = round_up(max((_highest(entry) for entry in days), default=0))
    columns = tuple(_column(days, index, top) for index in range(len(days)))
    best = max(columns, key=lambda column: (column.submitted, column.acted), default=None)
    return Chart(columns, top, best if best and best.submitted + best.acted else None)


def round_up(highest: int) -> int:
    """The end of a scale that holds ``highest`` and halves to a whole number: 2, 4, 10, 20 ..."""
    unit = 1
    while True:
        for step in (2, 4, 6, 8, 10):
            if highest <= step * unit:
                return step * unit
        unit *= 10


def _highest(entry: DayCounts) -> int:
    return max(_acted(entry), _submitted(entry))


def _column(days: Sequence[DayCounts], index: int, top: int) -> Column:
    entry = days[index]
    slot = WIDTH / len(days)
    return Column(
        day=entry.day,
        acted=_acted(entry),
        submitted=_submitted(entry),
        back=_bar(index, slot, 0.76, _acted(entry) / top),
        front=_bar(index, slot, 0.36, _submitted(entry) / top),
        slot=_bar(index, slot, 1, 1),
        labelled=(len(days) - 1 - index) % _LABELLED_EVERY == 0,
    )


def _bar(index: int, slot: float, share: float, fraction: float) -> Bar:
    width, height = slot * share, HEIGHT * fraction
    return Bar(
        x=round(index * slot + (slot - width) / 2, 2),
        y=round(HEIGHT - height, 2),
        width=round(width, 2),
        height=round(height, 2),
    )


def _acted(entry: DayCounts) -> int:
    return entry.counts.get("acted", 0)


def _submitted(entry: DayCounts) -> int:
    return entry.counts.get("submitted", 0)
