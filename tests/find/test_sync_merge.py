"""Who holds a seat after a sync: newer lists are believed, older ones cannot undo what is known."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.find.upstream import edit_people, in_seat, joined, without
from widget_server.errors import RosterError
from widget_server.find.build.people import read_people
from widget_server.find.freshness import warnings
from widget_server.find.plausible import faults
from widget_server.find.roster import Roster
from widget_server.find.sync.merge import merge
from widget_server.find.sync.renew import renew
from widget_server.find.tables import Tables

NOON = datetime(2027, 1, 3, 17, tzinfo=UTC)

#: Who took a seat after the newest term in an older list, by seat.
LATER = {"SC-SEN": "G000608", "GA-13": "B001328", "CA-14": "W000832"}


def older(people: list[Any]) -> None:
    """As the list was before any of ``LATER``."""
    without(people, *LATER.values())
    people.append(
        {
            "id": {"bioguide": "G000359"},
            "name": {"first": "Lindsey", "last": "Graham"},
            "terms": [
                {"type": "sen", "state": "SC", "class": 2, "party": "Republican"}
                | {"start": "2021-01-03", "end": "2027-01-03"}
            ],
        }
    )


def merged(full: Path, packaged: Tables, now: datetime, published: date | None = None) -> Tables:
    result = merge(read_people(full, {}), packaged, now, published)
    return replace(packaged, seats=result.seats, left=result.left)


@pytest.mark.parametrize(("code", "bioguide"), LATER.items())
def test_an_older_list_does_not_undo_who_came(
    full: Path, packaged: Tables, now: datetime, code: str, bioguide: str
) -> None:
    edit_people(full, older)
    assert bioguide in in_seat(merged(full, packaged, now), code, now)


def test_an_older_list_brings_nobody_back(full: Path, packaged: Tables, now: datetime) -> None:
    edit_people(full, older)
    tables = merged(full, packaged, now)
    assert "G000359" not in {seat.holder.id for seat in tables.seats if seat.holder}


def test_who_has_left_stays_away_though_the_list_is_newer_otherwise(
    full: Path, packaged: Tables, now: datetime
) -> None:
    edit_people(full, older)
    edit_people(full, lambda people: without(people, "P000197"))
    edit_people(full, lambda people: joined(people, "N000001", 11, "2026-11-10"))
    tables = merged(full, packaged, now)
    assert in_seat(tables, "CA-11", now) == ["N000001"]
    assert "G000608" in in_seat(tables, "SC-SEN", now)


def test_a_newer_list_replaces_what_was_known(full: Path, packaged: Tables, now: datetime) -> None:
    edit_people(full, lambda people: without(people, "W000832"))
    edit_people(full, lambda people: joined(people, "N000001", 14, "2026-11-10"))
    assert in_seat(merged(full, packaged, now), "CA-14", now) == ["N000001"]


def test_who_is_not_in_the_list_has_left(full: Path, packaged: Tables, now: datetime) -> None:
    edit_people(full, lambda people: without(people, "P000197"))
    assert in_seat(merged(full, packaged, now), "CA-11", now) == [None]


def test_a_senator_who_has_left_leaves_a_vacancy(
    full: Path, packaged: Tables, now: datetime
) -> None:
    edit_people(full, lambda people: without(people, "P000145"))
    answer = Roster(merged(full, packaged, now)).delegation("CA", None, now)
    assert answer.vacancies == ("CA-SEN",)


def test_the_departure_of_the_newest_member_is_seen_when_the_day_of_the_list_is_sure(
    full: Path, packaged: Tables, now: datetime
) -> None:
    edit_people(full, lambda people: without(people, "W000832"))
    tables = merged(full, packaged, now, published=date(2026, 11, 20))
    assert in_seat(tables, "CA-14", now) == [None]


def test_a_vacancy_that_was_known_keeps_its_day(
    full: Path, packaged: Tables, now: datetime
) -> None:
    (seat,) = (seat for seat in merged(full, packaged, now).seats if seat.code == "TX-23")
    assert (seat.holder, seat.start) == (None, date(2026, 4, 14))


def test_a_seat_that_does_not_exist_is_refused(full: Path, packaged: Tables, now: datetime) -> None:
    edit_people(full, lambda people: joined(people, "N000001", 53, "2026-11-10"))
    with pytest.raises(RosterError, match="there is no seat CA-53"):
        merged(full, packaged, now)


def sworn_in(people: list[Any]) -> None:
    """The list as it will be for the next Congress: every House term is a new one."""
    for person in people:
        term = person["terms"][-1]
        if term["end"] == "2027-01-03":
            years = 6 if term["type"] == "sen" else 2
            term |= {"start": "2027-01-03", "end": f"{2027 + years}-01-03"}
    without(people, "P000197")
    joined(people, "N000001", 11, "2027-01-03", "2029-01-03")


@pytest.mark.parametrize(
    ("now", "bioguide"),
    [(NOON - timedelta(seconds=1), "P000197"), (NOON, "N000001")],
)
def test_a_list_of_the_next_congress_counts_from_noon(
    full: Path, packaged: Tables, now: datetime, bioguide: str
) -> None:
    edit_people(full, sworn_in)
    tables = merged(full, packaged, NOON - timedelta(hours=3))
    assert in_seat(tables, "CA-11", now) == [bioguide]
    assert [person.id for person in Roster(tables).people(now) if person.district == "CA-11"] == [
        bioguide
    ]


def test_with_the_next_congress_synced_nobody_is_unsettled_at_noon(
    full: Path, packaged: Tables
) -> None:
    edit_people(full, sworn_in)
    tables = merged(full, packaged, NOON - timedelta(hours=3))
    answer = Roster(tables).lookup("63101", NOON)
    assert (answer.status, answer.unsettled, len(answer.legislators)) == ("found", (), 3)
    assert not any("nobody is named" in sentence for sentence in warnings(tables, NOON))


def test_an_older_list_leaves_the_next_congress_alone(full: Path, packaged: Tables) -> None:
    eve = NOON - timedelta(hours=3)
    complete = (full / "legislators-current.json").read_bytes()
    edit_people(full, sworn_in)
    known = merged(full, packaged, eve)
    (full / "legislators-current.json").write_bytes(complete)
    tables = merged(full, known, eve)
    assert in_seat(tables, "CA-11", eve) == ["P000197"]
    assert in_seat(tables, "CA-11", NOON) == ["N000001"]
    assert faults(tables) == []


def test_a_dated_gap_is_not_mended_by_an_older_list(
    full: Path, packaged: Tables, now: datetime
) -> None:
    complete = (full / "legislators-current.json").read_bytes()
    edit_people(full, lambda people: without(people, "P000197"))
    gap = merged(full, packaged, now, published=date(2026, 11, 20))
    (full / "legislators-current.json").write_bytes(complete)
    assert in_seat(merged(full, gap, now, date(2026, 11, 19)), "CA-11", now) == [None]
    assert in_seat(merged(full, gap, now, date(2026, 11, 21)), "CA-11", now) == ["P000197"]


def test_the_facts_never_get_older(full: Path, home: Path, packaged: Tables, now: datetime) -> None:
    edit_people(full, older)
    assert renew(home, now, str(full)).tables.as_of == packaged.as_of
