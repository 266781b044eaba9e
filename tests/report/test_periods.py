from datetime import date, timedelta

import pytest

from widget_server.report.counts import DayCounts
from widget_server.report.periods import LENGTHS, PERIODS, Period, last

SUNDAY = date(2026, 11, 22)


def day(back: int, acted: int) -> DayCounts:
    return DayCounts(SUNDAY - timedelta(days=back), {"acted": acted})


def test_the_last_days_end_today_and_have_no_gaps() -> None:
    days = last([day(40, 9), day(3, 1)], SUNDAY)
    assert [entry.day for entry in days] == [SUNDAY - timedelta(days=n) for n in range(29, -1, -1)]
    assert [entry.counts.get("acted", 0) for entry in days] == [0] * 26 + [1] + [0] * 3


def test_a_week_begins_on_monday_and_adds_its_days_up() -> None:
    weeks = last([day(7, 8), day(6, 1), day(0, 2)], SUNDAY, "week")
    assert [(entry.day, entry.counts["acted"]) for entry in weeks[-2:]] == [
        (date(2026, 11, 9), 8),
        (date(2026, 11, 16), 3),
    ]


def test_a_month_adds_its_days_up() -> None:
    months = last([day(22, 8), day(21, 1), day(0, 2)], SUNDAY, "month")
    assert months[0].day == date(2025, 12, 1)
    assert [(entry.day, entry.counts["acted"]) for entry in months[-2:]] == [
        (date(2026, 10, 1), 8),
        (date(2026, 11, 1), 3),
    ]


@pytest.mark.parametrize("period", PERIODS)
def test_every_period_has_its_length(period: Period) -> None:
    entries = last([], SUNDAY, period)
    assert len(entries) == len({entry.day for entry in entries}) == LENGTHS[period]
