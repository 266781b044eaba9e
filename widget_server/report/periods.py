"""Days -> days, weeks or months that follow one another up to today, empty ones too."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal, get_args

from .counts import DayCounts, zeros

Period = Literal["day", "week", "month"]
PERIODS: tuple[Period, ...] = get_args(Period)

#: How many there are in a chart.
LENGTHS: dict[Period, int] = {"day": 30, "week": 26, "month": 12}


def last(days: Sequence[DayCounts], today: date, period: Period = "day") -> tuple[DayCounts, ...]:
    """The last periods up to the one of ``today``, oldest first, each under its first day.

    A week begins on Monday.
    """
    starts = [_start(today, period)]
    while len(starts) < LENGTHS[period]:
        starts.append(_start(starts[-1] - timedelta(days=1), period))
    sums: dict[date, Counter[str]] = {start: Counter(zeros()) for start in reversed(starts)}
    for entry in days:
        if _start(entry.day, period) in sums:
            sums[_start(entry.day, period)].update(entry.counts)
    return tuple(DayCounts(start, counts) for start, counts in sums.items())


def _start(day: date, period: Period) -> date:
    """The first day of the period that the day is in."""
    if period == "week":
        return day - timedelta(days=day.weekday())
    return day.replace(day=1) if period == "month" else day
