from datetime import date, timedelta

import pytest

from widget_server.report.chart import HEIGHT, WIDTH, draw, round_up
from widget_server.report.counts import DayCounts
from widget_server.report.periods import last

TODAY = date(2026, 11, 22)


def day(back: int, acted: int = 0, submitted: int = 0) -> DayCounts:
    return DayCounts(TODAY - timedelta(days=back), {"acted": acted, "submitted": submitted})


@pytest.mark.parametrize(
    ("highest", "top"),
    [(0, 2), (2, 2), (3, 4), (9, 10), (10, 10), (11, 20), (354, 400), (999, 1000)],
)
def test_a_scale_ends_at_a_round_number_that_halves(highest: int, top: int) -> None:
    assert round_up(highest) == top


def test_the_highest_bar_is_as_high_as_its_share_of_the_scale() -> None:
    chart = draw([day(1, acted=5), day(0, acted=10, submitted=5)])
    assert chart.top == 10
    assert [column.back.height for column in chart.columns] == [HEIGHT / 2, HEIGHT]
    assert chart.columns[1].front.height == HEIGHT / 2


def test_bars_stand_on_the_floor_inside_their_own_day() -> None:
    for column in draw([day(2, 7, 3), day(1, 4, 4), day(0, 1, 9)]).columns:
        for bar in (column.back, column.front):
            assert bar.y + bar.height == pytest.approx(HEIGHT)
            assert column.slot.x <= bar.x
            assert bar.x + bar.width <= column.slot.x + column.slot.width


def test_days_share_the_whole_width() -> None:
    slots = [column.slot for column in draw(last([], TODAY)).columns]
    assert slots[0].x == 0
    assert slots[-1].x + slots[-1].width == pytest.approx(WIDTH, abs=0.1)


def test_today_and_every_seventh_day_before_it_are_labelled() -> None:
    columns = draw(last([], TODAY)).columns
    labelled = [column.day for column in columns if column.labelled]
    assert labelled == [TODAY - timedelta(days=days) for days in (28, 21, 14, 7, 0)]


def test_every_other_date_is_left_out_where_there_is_little_room() -> None:
    columns = draw(last([], TODAY, "month"), "month").columns
    assert [column.roomy for column in columns] == [True, False] * 6
    assert all(column.labelled for column in columns)


def test_the_best_day_has_most_submissions() -> None:
    chart = draw([day(2, acted=50), day(1, submitted=3), day(0, acted=9, submitted=2)])
    assert chart.best
    assert chart.best.day == TODAY - timedelta(days=1)
    assert (chart.acted, chart.submitted) == (59, 5)


def test_where_nothing_happened_there_is_no_best_day() -> None:
    assert draw(last([], TODAY)).best is None
