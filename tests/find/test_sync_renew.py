"""What one sync takes and what it refuses, and whom it says has come and gone."""

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.find.upstream import edit_people, entry, in_seat, joined, without
from widget_server.errors import RosterError
from widget_server.find.roster import Roster
from widget_server.find.sync.renew import renew
from widget_server.find.tables import Tables

Edit = Callable[[list[Any]], object]

#: Members of the House whom a list may forget.
FOUR = ("P000197", "D000399", "B001281", "S000522")


def change_phone(people: list[Any]) -> None:
    entry(people, "P000197")["terms"][-1]["phone"] = "202-555-0100"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda people: entry(people, "P000197")["terms"][-1].update(party="D"), "'D' is no party"),
        (lambda people: without(people, "P000145", "S001150", "S000148"), "3 senators are missing"),
        (lambda people: people.__delitem__(slice(0, 200)), "seats are vacant"),
    ],
)
def test_an_implausible_list_is_refused_and_changes_nothing(
    full: Path, home: Path, now: datetime, change: Edit, sentence: str
) -> None:
    renew(home, now, str(full))
    before = (home / "roster" / "current").read_text()
    edit_people(full, change)
    with pytest.raises(RosterError, match=sentence):
        renew(home, now, str(full))
    assert (home / "roster" / "current").read_text() == before


def test_missing_senators_are_named_by_their_state(full: Path, home: Path, now: datetime) -> None:
    edit_people(full, lambda people: without(people, "P000145", "S001150", "S000148"))
    with pytest.raises(RosterError, match="CA-SEN, CA-SEN, NY-SEN"):
        renew(home, now, str(full))


def test_a_change_of_today_is_taken(full: Path, home: Path, now: datetime) -> None:
    edit_people(full, change_phone)
    renew(home, now, str(full))
    (person,) = (p for p in Roster.newest(home).people(now) if p.id == "P000197")
    assert person.phone == "202-555-0100"


def test_a_sync_remembers_who_has_left(full: Path, home: Path, now: datetime) -> None:
    complete = (full / "legislators-current.json").read_bytes()
    edit_people(full, lambda people: without(people, "P000197", "W000832"))
    edit_people(full, lambda people: joined(people, "N000001", 14, "2026-11-10"))
    renew(home, now, str(full))
    (full / "legislators-current.json").write_bytes(complete)
    tables = renew(home, now, str(full)).tables
    assert in_seat(tables, "CA-11", now) == [None]
    assert tables.left["P000197 2025-01-03"] == date(2026, 11, 10)


def test_a_gap_is_mended_by_the_next_list_that_has_none(
    full: Path, home: Path, now: datetime, packaged: Tables
) -> None:
    complete = (full / "legislators-current.json").read_bytes()
    edit_people(full, lambda people: without(people, *FOUR))
    assert in_seat(renew(home, now, str(full), force=True).tables, "CA-11", now) == [None]
    (full / "legislators-current.json").write_bytes(complete)
    renewed = renew(home, now, str(full))
    assert (renewed.tables.seats, renewed.tables.left) == (packaged.seats, packaged.left)
    assert "CA-11: Nancy Pelosi took the vacant seat." in renewed.notes


def test_four_who_leave_at_once_are_refused_by_name(full: Path, home: Path, now: datetime) -> None:
    edit_people(full, lambda people: without(people, *FOUR))
    with pytest.raises(RosterError, match=r"4 members would leave.*Nancy Pelosi \(CA-11\)"):
        renew(home, now, str(full))
    assert not (home / "roster" / "current").exists()


def test_three_who_leave_are_named(full: Path, home: Path, now: datetime) -> None:
    edit_people(full, lambda people: without(people, *FOUR[:3]))
    notes = renew(home, now, str(full)).notes
    assert len(notes) == 3
    assert "CA-11: Nancy Pelosi left, and the seat is vacant." in notes


def test_who_took_whose_seat_is_said(full: Path, home: Path, now: datetime) -> None:
    edit_people(full, lambda people: without(people, "P000197"))
    edit_people(full, lambda people: joined(people, "N000001", 11, "2026-11-10"))
    notes = renew(home, now, str(full)).notes
    assert notes == ("CA-11: Nancy Pelosi left, Nora New took the seat.",)


def test_an_odd_handle_is_left_out_and_said(full: Path, home: Path, now: datetime) -> None:
    path = full / "legislators-social-media.json"
    accounts = json.loads(path.read_text())
    entry(accounts, "P000197")["social"]["twitter"] = "Speaker Pelosi"
    path.write_text(json.dumps(accounts))
    renewed = renew(home, now, str(full))
    (note,) = renewed.notes
    assert "'Speaker Pelosi' is no x handle. It was left out." in note
    (person,) = (p for p in Roster.newest(home).people(now) if p.id == "P000197")
    assert "x" not in person.accounts


def test_a_sync_of_what_is_known_changes_no_answer(
    full: Path, home: Path, packaged: Tables, now: datetime
) -> None:
    tables = renew(home, now, str(full)).tables
    assert dict(tables.zips) == dict(packaged.zips)
    assert (tables.seats, tables.lines) == (packaged.seats, packaged.lines)
    assert tables.synced_at == now
