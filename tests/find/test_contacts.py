"""Contact pages of an installation's own."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from widget_server.errors import RosterError
from widget_server.find.contacts import LOOKED_UP, Contact, read_contacts, write_contacts
from widget_server.find.roster import Roster

OURS = Contact("P000197", "https://pelosi.house.gov/write", date(2026, 11, 22), "by hand")
HEADER = "id,contact_form,date,source\n"


@pytest.fixture
def home(home: Path) -> Path:
    home.mkdir()
    return home


def form_of(home: Path, bioguide: str, now: datetime) -> str | None:
    people = {person.id: person for person in Roster.newest(home).people(now)}
    return people[bioguide].contact_form


def test_what_is_written_comes_back(home: Path) -> None:
    write_contacts(home, [OURS])
    assert read_contacts(home) == {"P000197": OURS}


def test_a_contact_page_reaches_the_person(home: Path, now: datetime) -> None:
    write_contacts(home, [OURS])
    assert form_of(home, "P000197", now) == OURS.contact_form


def test_a_row_of_our_own_stands_before_what_upstream_says(home: Path, now: datetime) -> None:
    write_contacts(home, [replace(OURS, id="P000145")])
    assert form_of(home, "P000145", now) == OURS.contact_form


def test_what_was_looked_up_does_not(home: Path, now: datetime) -> None:
    write_contacts(home, [replace(OURS, id="P000145", source=LOOKED_UP)])
    assert form_of(home, "P000145", now) == "https://www.padilla.senate.gov/contact/"


def test_an_edited_file_is_seen(home: Path, now: datetime) -> None:
    roster = Roster.newest(home)
    write_contacts(home, [OURS])
    assert roster.refreshed() is not roster


@pytest.mark.parametrize(
    "row",
    [
        "P000197,http://pelosi.house.gov/,2026-11-22,by hand",
        "P000197,javascript:alert(1),2026-11-22,by hand",
        "P000197,https://pelosi.house.gov/,soon,by hand",
        "P000197,https://pelosi.house.gov/",
        ",https://pelosi.house.gov/,2026-11-22,by hand",
    ],
)
def test_a_wrong_row_is_named_and_nobody_is_worse_off(home: Path, now: datetime, row: str) -> None:
    (home / "contacts.csv").write_text(f"{HEADER}{row}\n")
    with pytest.raises(RosterError, match=r"contacts\.csv, line 2"):
        read_contacts(home)
    roster = Roster.newest(home)
    assert "contacts.csv, line 2" in roster.warnings(now)[0]
    assert len(roster.people(now)) == 539


def test_other_columns_are_refused(home: Path) -> None:
    (home / "contacts.csv").write_text("id,url\n")
    with pytest.raises(RosterError, match="the columns are not"):
        read_contacts(home)
