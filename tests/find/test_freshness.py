"""How long the facts hold, and when we begin to say so."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from widget_server.find.freshness import days_left, warnings
from widget_server.find.tables import Tables

NOON = datetime(2027, 1, 3, 17, tzinfo=UTC)
DECEMBER = datetime(2026, 12, 1, 5, tzinfo=UTC)


def test_until_december_there_is_nothing_to_say(packaged: Tables) -> None:
    assert warnings(packaged, datetime(2026, 11, 22, tzinfo=UTC)) == []


def test_from_december_on_the_end_of_the_facts_is_announced(packaged: Tables) -> None:
    synced = replace(packaged, synced_at=DECEMBER)
    assert warnings(synced, DECEMBER - timedelta(seconds=1)) == []
    ending, lines = warnings(synced, DECEMBER)
    assert ending.startswith("The facts about 475 seats end with the 119th Congress at noon")
    assert "2027-01-03" in ending
    assert "AL, CA, FL, LA, NC, OH, TN, TX, UT" in lines


def test_at_noon_they_have_ended(packaged: Tables) -> None:
    synced = replace(packaged, synced_at=DECEMBER)
    assert "ended at noon" not in warnings(synced, NOON - timedelta(seconds=1))[0]
    assert warnings(synced, NOON)[0].startswith("The facts about 475 of 541 seats ended at noon")


def test_days_are_left_until_the_first_seat_is_nobodys(packaged: Tables) -> None:
    assert days_left(packaged, NOON - timedelta(days=2, hours=12)) == 2.5
    assert days_left(packaged, NOON + timedelta(days=1)) == -1
    assert days_left(replace(packaged, seats=()), NOON) == 0


@pytest.mark.parametrize(("days", "count"), [(30, 0), (31, 1)])
def test_a_sync_is_old_after_a_month(packaged: Tables, days: int, count: int) -> None:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    synced = replace(packaged, synced_at=now - timedelta(days=days))
    assert len(warnings(synced, now)) == count


def test_the_packaged_facts_are_old_after_three_months(packaged: Tables) -> None:
    assert "are of 2026-09-02" in warnings(packaged, DECEMBER + timedelta(days=1))[-1]
