from datetime import UTC, date, datetime, timedelta

from widget_server.find.congress import (
    congress_at,
    congress_term,
    end_of_congress,
    noon_eastern,
)

CHANGE = datetime(2027, 1, 3, 17, 0, tzinfo=UTC)


def test_noon_in_washington_is_17_utc_in_winter() -> None:
    assert noon_eastern(date(2027, 1, 3)) == CHANGE


def test_noon_in_washington_is_16_utc_in_summer() -> None:
    assert noon_eastern(date(2026, 7, 14)) == datetime(2026, 7, 14, 16, 0, tzinfo=UTC)


def test_the_congress_changes_at_noon_and_not_before() -> None:
    assert congress_at(CHANGE - timedelta(seconds=1)) == 119
    assert congress_at(CHANGE) == 120


def test_an_even_year_belongs_to_the_congress_of_the_year_before() -> None:
    assert congress_at(datetime(2026, 1, 10, tzinfo=UTC)) == 119


def test_a_congress_lasts_two_years() -> None:
    assert congress_term(119) == (date(2025, 1, 3), date(2027, 1, 3))


def test_a_congress_ends_two_years_on_for_every_day_in_it() -> None:
    days = (date(2025, 1, 3), date(2026, 11, 3), date(2027, 1, 2))
    assert {end_of_congress(day) for day in days} == {date(2027, 1, 3)}
    assert end_of_congress(date(2027, 1, 3)) == date(2029, 1, 3)
