"""Each trap of the upstream files, on an invented sample in their shape."""

from datetime import date
from pathlib import Path

import pytest

from tests.find.upstream import ASSIGNED, UPSTREAM
from widget_server.find.build.gather import REDRAWN_FOR_120, gather
from widget_server.find.build.places import assigned_zips
from widget_server.find.seats import Seat
from widget_server.find.tables import Tables, write_tables
from widget_server.model import Legislator


def seat(tables: Tables, code: str, senate_class: int | None = None) -> Seat:
    (found,) = (s for s in tables.seats if (s.code, s.senate_class) == (code, senate_class))
    return found


def holder(tables: Tables, code: str, senate_class: int | None = None) -> Legislator:
    person = seat(tables, code, senate_class).holder
    assert person is not None
    return person


def test_the_last_term_is_the_one_that_counts(sample: Tables) -> None:
    assert holder(sample, "CA-11").start == date(2025, 1, 3)


def test_the_official_name_is_used_when_there_is_one(sample: Tables) -> None:
    assert holder(sample, "CA-11").name == "Ana L. Arroyo"


def test_without_an_official_name_nickname_and_suffix_are_used(sample: Tables) -> None:
    assert holder(sample, "ND-0").name == "Jon Jensen, Jr."


def test_escaped_names_come_out_as_they_are_written(sample: Tables) -> None:
    assert holder(sample, "PR-0").last_name == "Gómez Rivera"


def test_an_independent_keeps_party_and_caucus(sample: Tables) -> None:
    person = holder(sample, "CA-3")
    assert (person.party, person.caucus) == ("Independent", "Republican")


def test_a_doubled_h_in_an_address_is_mended(sample: Tables) -> None:
    assert holder(sample, "FL-6").contact_form == "https://ellis.house.gov/contact?form=/email-me"


def test_a_member_without_phone_or_website_has_none(sample: Tables) -> None:
    person = holder(sample, "CA-1")
    assert (person.phone, person.website, person.contact_form) == (None, None, None)


def test_nobody_has_an_email_address(sample: Tables) -> None:
    assert not any(seat.holder and seat.holder.email for seat in sample.seats)


def test_twitter_is_called_x_and_numbers_are_left_out(sample: Tables) -> None:
    assert holder(sample, "CA-11").accounts == {
        "x": "RepArroyo",
        "facebook": "RepArroyo",
        "instagram": "rep.arroyo",
    }


def test_handles_lose_their_leading_at(sample: Tables) -> None:
    accounts = holder(sample, "CA-SEN", 1).accounts
    assert accounts["youtube"] == "SenatorBrook"
    assert accounts["mastodon"] == "senbrook@mastodon.social"


def test_a_member_without_an_entry_has_no_accounts(sample: Tables) -> None:
    assert holder(sample, "CA-SEN", 3).accounts == {}


@pytest.mark.parametrize(
    ("code", "role"),
    [
        ("CA-11", "representative"),
        ("ND-0", "representative"),
        ("DC-0", "delegate"),
        ("GU-0", "delegate"),
        ("PR-0", "resident commissioner"),
    ],
)
def test_a_house_seat_has_the_role_of_its_place(sample: Tables, code: str, role: str) -> None:
    assert holder(sample, code).role == role


def test_an_appointed_senator_serves_past_the_special_election(sample: Tables) -> None:
    assert holder(sample, "FL-SEN", 3).end == date(2027, 1, 3)


def test_puerto_rico_elects_for_four_years(sample: Tables) -> None:
    assert holder(sample, "PR-0").end == date(2029, 1, 3)


def test_who_died_is_followed_by_who_was_appointed(sample: Tables) -> None:
    person = holder(sample, "SC-SEN", 2)
    assert (person.id, person.last_name, person.start, person.end) == (
        "Q000017",
        "Lane Nordby",
        date(2026, 7, 14),
        date(2027, 1, 3),
    )


def test_a_vacant_seat_is_filled_by_who_was_elected(sample: Tables) -> None:
    person = holder(sample, "GA-13")
    assert (person.name, person.last_name, person.role) == (
        "Rufus Reed Jr.",
        "Reed",
        "representative",
    )


def test_a_seat_that_somebody_left_is_vacant_since_that_day(sample: Tables) -> None:
    vacated = seat(sample, "MO-1")
    assert (vacated.holder, vacated.start) == (None, date(2026, 8, 20))


def test_a_vacancy_stays_one_and_keeps_its_day(sample: Tables) -> None:
    vacant = seat(sample, "TX-23")
    assert (vacant.holder, vacant.start, vacant.end) == (
        None,
        date(2026, 4, 14),
        date(2027, 1, 3),
    )


def test_a_seat_with_zips_and_no_member_is_vacant_though_nobody_says_since_when(
    sample: Tables,
) -> None:
    vacant = seat(sample, "CA-14")
    assert (vacant.holder, vacant.start) == (None, None)


def test_a_change_that_upstream_already_shows_is_not_made_twice(upstream: Path) -> None:
    legislators = upstream / "legislators-current.json"
    text = legislators.read_text().replace("L000012", "Q000017")
    legislators.write_text(text)
    assert holder(gather(upstream, ASSIGNED), "SC-SEN", 2).name == "Lewis Lane"


def test_the_facts_are_as_of_the_newest_change(sample: Tables) -> None:
    assert sample.as_of == date(2026, 9, 1)


def test_the_corrections_bring_the_lost_state_back(sample: Tables) -> None:
    assert sample.zips["57638"] == "ND-0 SD-0"


def test_a_split_zip_has_every_district_in_order(sample: Tables) -> None:
    assert sample.zips["33024"] == "FL-20 FL-25"


def test_an_assigned_zip_without_a_district_has_its_state(sample: Tables) -> None:
    assert (sample.zips["94119"], sample.zips["96910"]) == ("CA", "GU")


def test_an_assigned_zip_with_a_district_keeps_it(sample: Tables) -> None:
    assert sample.zips["94110"] == "CA-11"


def test_only_the_lines_of_redrawn_states_end(sample: Tables) -> None:
    ends = {lines.state: lines.valid_to for lines in sample.lines}
    assert {state for state, end in ends.items() if end} == REDRAWN_FOR_120 & ends.keys()
    assert ends["TX"] == date(2027, 1, 3)
    assert ends["MO"] is None


def test_every_source_is_named_with_its_hash(sample: Tables) -> None:
    assert {source.file for source in sample.sources} == {path.name for path in UPSTREAM.iterdir()}
    assert all(len(source.sha256) == 64 for source in sample.sources)


def test_the_same_files_give_the_same_bytes(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        write_tables(gather(UPSTREAM, ASSIGNED), folder)
    one, two = ({path.name: path.read_bytes() for path in folder.iterdir()} for folder in folders)
    assert one == two


def test_the_files_are_named_while_they_are_read() -> None:
    seen: list[str] = []
    gather(UPSTREAM, ASSIGNED, seen.append)
    assert "legislators-current.json" in seen


def test_assigned_zips_are_those_the_post_delivers_to() -> None:
    assigned = assigned_zips()
    assert assigned["00501"] == "NY"
    assert assigned["96941"] == "FM"
    assert {"AA", "AE", "AP"} <= set(assigned.values())
    assert "99999" not in assigned
