"""Contact pages of an installation's own."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from widget_server.errors import RosterError
from widget_server.find.contacts import (
    LOOKED_UP,
    Contact,
    keep_looked_up,
    read_contacts,
    to_look_up,
    write_contacts,
)
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


def test_what_was_written_meanwhile_is_kept(home: Path, now: datetime) -> None:
    looked_up = replace(OURS, id="P000145", source=LOOKED_UP)
    write_contacts(home, [OURS])
    keep_looked_up(home, looked_up)
    assert read_contacts(home) == {"P000145": looked_up, "P000197": OURS}


def test_what_is_looked_up_replaces_no_row_of_our_own(home: Path) -> None:
    write_contacts(home, [OURS])
    keep_looked_up(home, replace(OURS, contact_form="https://a.house.gov/c", source=LOOKED_UP))
    assert read_contacts(home) == {"P000197": OURS}


def test_many_who_write_at_once_lose_nothing(home: Path) -> None:
    rows = [replace(OURS, id=f"A{number:06}", source=LOOKED_UP) for number in range(20)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda row: keep_looked_up(home, row), rows))
    assert list(read_contacts(home).values()) == rows


@pytest.mark.parametrize(
    ("source", "age_days", "again"),
    [(LOOKED_UP, 90, False), (LOOKED_UP, 91, True), ("by hand", 400, False)],
)
def test_what_was_looked_up_long_ago_is_looked_at_again(
    home: Path, now: datetime, source: str, age_days: int, again: bool
) -> None:
    seen = now.date() - timedelta(days=age_days)
    write_contacts(home, [replace(OURS, source=source, date=seen)])
    people = to_look_up(Roster.newest(home).people(now), read_contacts(home), now.date())
    assert ("P000197" in {person.id for person in people}) == again


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
        f"P000197,https://pelosi.house.gov/{'x' * 200_000},2026-11-22,by hand",
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
