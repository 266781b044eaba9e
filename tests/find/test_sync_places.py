"""Whose lines the places are after a sync, and what is done with tables of other lines."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.find.test_relation import SAMPLE
from tests.find.upstream import HEADER, ROW
from widget_server.errors import RosterError
from widget_server.find.fips import STATES
from widget_server.find.roster import Roster
from widget_server.find.sync.places import Places, places
from widget_server.find.sync.renew import renew
from widget_server.find.tables import Tables
from widget_server.find.versions import UPSTREAM, Versions

AFTER = datetime(2027, 2, 1, tzinfo=UTC)


def write_table(folder: Path, zips: dict[str, str]) -> None:
    rows = [
        ROW.format(state=place[:2], code=code, number=place[3:])
        for code, text in zips.items()
        for place in text.split()
        if "-" in place
    ]
    (folder / "zccd.csv").write_text(HEADER + "".join(rows), newline="")


def redrawn(packaged: Tables, state: str) -> dict[str, str]:
    """The table, with another district for every ZIP of a state."""
    return {
        code: f"{state}-1" if text.startswith(f"{state}-") and text != f"{state}-1" else text
        for code, text in packaged.zips.items()
    }


def lines_of(where: Places, state: str) -> tuple[int, date | None]:
    (lines,) = (each for each in where.lines if each.state == state)
    return lines.congress, lines.valid_to


def relation_of(packaged: Tables, path: Path, congress: int) -> Path:
    """A whole relation file that says what the packaged tables say, in equal parts."""
    numbers = {state: number for number, state in STATES.items()}
    rows = [
        f"{numbers[place[:2]]}{int(place[3:]):02}|{code}|1000"
        for code, text in packaged.zips.items()
        for place in text.split()
        if "-" in place
    ]
    header = f"GEOID_CD{congress}_20|GEOID_ZCTA5_20|AREALAND_PART"
    path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    return path


def test_corrections_outlive_a_sync(full: Path, packaged: Tables, now: datetime) -> None:
    lost = {code: "ND-0" if code == "57638" else text for code, text in packaged.zips.items()}
    write_table(full, lost)
    assert places(full, now).zips["57638"] == "ND-0 SD-0"


def test_a_table_of_lines_not_yet_in_force_is_put_aside(
    full: Path, packaged: Tables, now: datetime
) -> None:
    write_table(full, redrawn(packaged, "TX"))
    where = places(full, now)
    assert where.zips["78701"] == packaged.zips["78701"]
    assert "in TX it describes other district lines" in where.notes[0]


def test_a_table_of_new_lines_is_taken_once_they_hold(full: Path, packaged: Tables) -> None:
    write_table(full, redrawn(packaged, "TX"))
    where = places(full, AFTER)
    assert where.zips["78701"] == "TX-1"
    assert (lines_of(where, "TX"), where.notes) == ((120, None), ())


def test_old_lines_are_not_taken_for_new_ones(full: Path, packaged: Tables) -> None:
    write_table(full, redrawn(packaged, "TX"))
    assert lines_of(places(full, AFTER), "CA") == (119, date(2027, 1, 3))


def test_lines_that_change_where_none_should_are_put_aside(full: Path, packaged: Tables) -> None:
    write_table(full, redrawn(packaged, "MO"))
    assert "in MO" in places(full, AFTER).notes[0]


def test_a_table_that_only_drops_districts_is_taken(
    full: Path, packaged: Tables, now: datetime
) -> None:
    write_table(full, {code: text.split()[0] for code, text in packaged.zips.items()})
    where = places(full, now)
    assert (where.zips["91711"].count(" "), where.notes) == (0, ())


def test_a_place_that_was_lost_in_a_redrawn_state_is_known_as_that_state(
    full: Path, packaged: Tables
) -> None:
    changed = redrawn(packaged, "UT") | {"84034": "NV-2"}
    write_table(full, changed)
    assert places(full, AFTER).zips["84034"] == "NV-2 UT"


def test_the_census_file_is_taken_and_used_again(
    full: Path, home: Path, packaged: Tables, tmp_path: Path, now: datetime
) -> None:
    relation = relation_of(packaged, tmp_path / "census.txt", 119)
    for given in (relation, None):
        tables = renew(home, now, str(full), given).tables
        assert "relation.txt" in {source.file for source in tables.sources}
        assert lines_of(Places("", {}, tables.lines), "CA") == (119, date(2027, 1, 3))
    version = Versions.of(home).current()
    assert version is not None
    assert (Versions.of(home).path(version) / UPSTREAM / "relation.txt").exists()


def test_the_census_file_of_the_next_congress_waits_for_its_day(
    full: Path, home: Path, packaged: Tables, tmp_path: Path, now: datetime
) -> None:
    relation = relation_of(packaged, tmp_path / "census.txt", 120)
    with pytest.raises(RosterError, match="hold from noon Eastern on 2027-01-03"):
        renew(home, now, str(full), relation)
    tables = renew(home, AFTER, str(full), relation).tables
    assert Roster(tables).lookup("94110", AFTER).districts == ("CA-11",)


def test_the_census_file_of_a_past_congress_is_used_no_more(
    full: Path, home: Path, packaged: Tables, tmp_path: Path, now: datetime
) -> None:
    renew(home, now, str(full), relation_of(packaged, tmp_path / "census.txt", 119))
    tables = renew(home, AFTER, str(full)).tables
    assert "zccd.csv" in {source.file for source in tables.sources}


def test_half_a_census_file_is_refused(full: Path, home: Path, now: datetime) -> None:
    with pytest.raises(RosterError, match="ZIPs have a district"):
        renew(home, now, str(full), SAMPLE)


def test_an_unlikely_district_is_named_as_such_and_never_dropped(
    packaged: Tables, now: datetime
) -> None:
    tables = replace(packaged, zips={"94110": "CA-11 CA-15?"})
    answer = Roster(tables).lookup("94110", now)
    assert (answer.status, answer.districts, answer.unlikely) == (
        "choose",
        ("CA-11", "CA-15"),
        ("CA-15",),
    )


def test_a_zip_that_lies_partly_in_a_redrawn_state_still_asks(packaged: Tables) -> None:
    tables = replace(packaged, zips={"84034": "NV-2 UT"})
    answer = Roster(tables).lookup("84034", AFTER)
    assert (answer.status, answer.state, answer.unsettled) == (
        "choose",
        None,
        ("NV-2", "UT-HOUSE"),
    )
