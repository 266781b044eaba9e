"""Each of the packaged ZIPs against the tables themselves, read without our code."""

import csv
from collections import defaultdict
from datetime import datetime

import pytest

from widget_server.find.roster import Roster
from widget_server.find.tables import PACKAGED

Rows = dict[str, list[dict[str, str]]]


@pytest.fixture(scope="module")
def seats() -> Rows:
    rows: Rows = defaultdict(list)
    with (PACKAGED / "seats.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows[row["seat"]].append(row)
    return rows


@pytest.fixture(scope="module")
def located() -> dict[str, list[str]]:
    """The ZIPs that have a district, and their districts."""
    lines = (PACKAGED / "zips.txt").read_text().splitlines()
    return {line[:5]: line[6:].split() for line in lines if "-" in line}


def test_there_are_as_many_zips_as_upstream_has(located: dict[str, list[str]]) -> None:
    assert len(located) == 33_774
    assert sum(len({place[:2] for place in places}) > 1 for places in located.values()) == 137


def test_every_zip_has_exactly_its_districts(
    roster: Roster, now: datetime, located: dict[str, list[str]]
) -> None:
    for code, places in located.items():
        assert list(roster.lookup(code, now).districts) == places


def test_no_split_zip_is_ever_answered_with_one_representative(
    roster: Roster, now: datetime, located: dict[str, list[str]]
) -> None:
    for code, places in located.items():
        answer = roster.lookup(code, now)
        assert answer.status == ("found" if len(places) == 1 else "choose")
        members = [person for person in answer.legislators if person.role != "senator"]
        vacant = [seat for seat in answer.vacancies if not seat.endswith("-SEN")]
        assert len(members) + len(vacant) == len(places)


def test_everybody_named_holds_a_seat_of_one_of_the_districts(
    roster: Roster, now: datetime, located: dict[str, list[str]], seats: Rows
) -> None:
    for code, places in located.items():
        for person in roster.lookup(code, now).legislators:
            seat = person.district or f"{person.state}-SEN"
            assert person.id in {row["id"] for row in seats[seat]}
            assert person.state in {place[:2] for place in places}


def test_senators_are_all_of_the_one_state_or_nobody(
    roster: Roster, now: datetime, located: dict[str, list[str]], seats: Rows
) -> None:
    for code, places in located.items():
        states = {place[:2] for place in places}
        expected = {row["id"] for row in seats[f"{min(states)}-SEN"]} if len(states) == 1 else set()
        answer = roster.lookup(code, now)
        assert {p.id for p in answer.legislators if p.role == "senator"} == expected
