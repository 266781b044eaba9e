"""The last days, weeks or months as a picture: their counts in, bars of a drawing out.

The drawing is 1000 units wide and 300 high and may be stretched; its words stand outside it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from .counts import DayCounts
from .periods import Period

WIDTH = 1000
HEIGHT = 300

#: So far apart stand the dates under it; on a narrow screen every other one is left out.
_LABELLED_EVERY: dict[Period, int] = {"day": 7, "week": 4, "month": 1}


@dataclass(frozen=True, slots=True)
class Bar:
    """One upright rectangle, from its top left corner; ``height`` 0 where nothing happened."""

    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """One day, week or month: visits that acted behind, submissions in front.

    ``labelled`` where its date stands below, ``roomy`` if only on a wide screen.
    """

    day: date
    acted: int
    submitted: int
    back: Bar
    front: Bar
    slot: Bar
    labelled: bool
    roomy: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The columns, oldest first, under a scale that ends at ``top``; ``best`` is None if empty."""

    period: Period
    columns: tuple[Column, ...]
    top: int
    best: Column | None
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def acted(self) -> int:
        """Visits that acted in all of them."""
        return sum(column.acted for column in self.columns)

    @property
    def submitted(self) -> int:
        """Submissions in all of them."""
        return sum(column.submitted for column in self.columns)


def draw(entries: Sequence[DayCounts], period: Period = "day") -> Chart:
    """Draw days, weeks or months that follow one another, oldest first."""
    drawn = (entry.counts[kind] for entry in entries for kind in ("acted", "submitted"))
    top = round_up(max(drawn, default=0))
    columns = tuple(_column(entries, index, top, period) for index in range(len(entries)))
    best = max(columns, key=lambda column: (column.submitted, column.acted), default=None)
    return Chart(period, columns, top, best if best and best.submitted + best.acted else None)


def round_up(highest: int) -> int:
    """The end of a scale that holds ``highest`` and halves to a whole number: 2, 4, 10, 20 ..."""
    unit = 1
    while True:
        for step in (2, 4, 6, 8, 10):
            if highest <= step * unit:
                return step * unit
        unit *= 10


def _column(entries: Sequence[DayCounts], index: int, top: int, period: Period) -> Column:
    entry = entries[index]
    acted, submitted = entry.counts["acted"], entry.counts["submitted"]
    slot = WIDTH / len(entries)
    nth, between = divmod(len(entries) - 1 - index, _LABELLED_EVERY[period])
    return Column(
        day=entry.day,
        acted=acted,
        submitted=submitted,
        back=_bar(index, slot, 0.76, acted / top),
        front=_bar(index, slot, 0.36, submitted / top),
        slot=_bar(index, slot, 1, 1),
        labelled=between == 0,
        roomy=nth % 2 == 1,
    )


def _bar(index: int, slot: float, share: float, fraction: float) -> Bar:
    width, height = slot * share, HEIGHT * fraction
    return Bar(
        x=round(index * slot + (slot - width) / 2, 2),
        y=round(HEIGHT - height, 2),
        width=round(width, 2),
        height=round(height, 2),
    )
