"""Every status, on the packaged facts."""

from datetime import datetime

import pytest

from widget_server.find.roster import Roster
from widget_server.model import Answer


def last_names(answer: Answer) -> list[str]:
    return [person.last_name for person in answer.legislators]


def test_one_district_names_its_holder_and_both_senators(roster: Roster, now: datetime) -> None:
    answer = roster.lookup("94110", now)
    assert (answer.status, answer.state, answer.district) == ("found", "CA", "CA-11")
    assert sorted(last_names(answer)) == ["Padilla", "Pelosi", "Schiff"]


@pytest.mark.parametrize("typed", [" 94110-1234 ", "941101234", "９４１１０－１２３４"])
def test_other_spellings_get_the_very_same_answer(
    roster: Roster, now: datetime, typed: str
) -> None:
    assert roster.lookup(typed, now) is roster.lookup("94110", now)


def test_an_answer_says_of_when_it_is(roster: Roster, now: datetime) -> None:
    answer = roster.lookup("94110", now)
    assert (answer.as_of.isoformat(), answer.congress) == ("2026-09-02", 119)


def test_a_zip_in_two_states_asks_and_names_no_senator(roster: Roster, now: datetime) -> None:
    answer = roster.lookup("57638", now)
    assert (answer.status, answer.state) == ("choose", None)
    assert answer.districts == ("ND-0", "SD-0")
    assert [person.district for person in answer.legislators] == ["ND-0", "SD-0"]


def test_a_zip_split_within_a_state_names_its_senators_too(roster: Roster, now: datetime) -> None:
    answer = roster.lookup("43215", now)
    assert (answer.status, answer.state, answer.districts) == ("choose", "OH", ("OH-3", "OH-15"))
    assert last_names(answer)[2:] == ["Moreno", "Husted"]


def test_a_visitor_may_choose_among_the_candidates(roster: Roster, now: datetime) -> None:
    answer = roster.lookup("43215", now, "OH-15")
    assert (answer.status, answer.district, answer.chosen) == ("found", "OH-15", True)
    assert last_names(answer) == ["Carey", "Moreno", "Husted"]


@pytest.mark.parametrize("choice", ["OH-4", "CA-11", "", "OH-SEN", "nonsense"])
def test_a_choice_that_is_no_candidate_is_not_believed(
    roster: Roster, now: datetime, choice: str
) -> None:
    assert roster.lookup("43215", now, choice) is roster.lookup("43215", now)


def test_a_choice_where_there_is_none_changes_nothing(roster: Roster, now: datetime) -> None:
    assert not roster.lookup("94110", now, "CA-11").chosen


def test_the_district_of_columbia_has_a_delegate_and_no_senator(
    roster: Roster, now: datetime
) -> None:
    answer = roster.lookup("20001", now)
    assert (answer.status, answer.districts) == ("found", ("DC-0",))
    assert [person.role for person in answer.legislators] == ["delegate"]
    assert answer.unsettled == ()


def test_a_seat_filled_since_the_snapshot_names_who_holds_it(roster: Roster, now: datetime) -> None:
    assert roster.lookup("94545", now).legislators[0].name == "Aisha Wahab"


def test_an_appointed_senator_is_named_after_the_special_election(
    roster: Roster, now: datetime
) -> None:
    assert "Moody" in last_names(roster.delegation("FL", None, now))


def test_who_was_appointed_is_named_in_place_of_who_died(roster: Roster, now: datetime) -> None:
    senators = roster.delegation("SC", None, now).legislators
    assert [person.id for person in senators] == ["G000608", "S001184"]


def test_a_vacant_seat_is_named_as_vacant(roster: Roster, now: datetime) -> None:
    answer = roster.lookup("78840", now)
    assert (answer.status, answer.districts, answer.vacancies) == (
        "found",
        ("TX-23",),
        ("TX-23",),
    )
    assert last_names(answer) == ["Cruz", "Cornyn"]


@pytest.mark.parametrize(("code", "state"), [("00501", "NY"), ("94119", "CA")])
def test_a_zip_without_a_district_gives_its_state(
    roster: Roster, now: datetime, code: str, state: str
) -> None:
    answer = roster.lookup(code, now)
    assert (answer.status, answer.state, answer.districts) == ("partial", state, ())
    assert [person.role for person in answer.legislators] == ["senator", "senator"]


@pytest.mark.parametrize(
    ("code", "district"),
    [
        ("96910", "GU-0"),
        ("00802", "VI-0"),
        ("96799", "AS-0"),
        ("96950", "MP-0"),
        ("00936", "PR-0"),
        ("20090", "DC-0"),
        ("82003", "WY-0"),
    ],
)
def test_a_zip_without_a_district_is_found_where_there_is_one_seat(
    roster: Roster, now: datetime, code: str, district: str
) -> None:
    answer = roster.lookup(code, now)
    assert (answer.status, answer.districts) == ("found", (district,))
    assert answer.legislators[0].district == district


@pytest.mark.parametrize("code", ["96939", "96940", "96941", "96960", "96970"])
def test_freely_associated_states_have_no_seat(roster: Roster, now: datetime, code: str) -> None:
    answer = roster.lookup(code, now)
    assert (answer.status, answer.reason) == ("none", "no_seat")


@pytest.mark.parametrize("code", ["09012", "34002", "96201"])
def test_a_military_zip_says_so(roster: Roster, now: datetime, code: str) -> None:
    answer = roster.lookup(code, now)
    assert (answer.status, answer.reason) == ("none", "military")


@pytest.mark.parametrize("code", ["00000", "99999"])
def test_an_unassigned_zip_is_unknown(roster: Roster, now: datetime, code: str) -> None:
    answer = roster.lookup(code, now)
    assert (answer.status, answer.reason) == ("none", "unknown_zip")


@pytest.mark.parametrize("typed", ["2139", "", "1 Main St, Springfield"])
def test_what_is_no_zip_is_malformed(roster: Roster, now: datetime, typed: str) -> None:
    answer = roster.lookup(typed, now)
    assert (answer.status, answer.reason) == ("none", "malformed")


def test_a_zip_in_six_districts_names_six_people(roster: Roster, now: datetime) -> None:
    answer = roster.lookup("91711", now)
    assert len(answer.districts) == 6
    assert sum(person.role == "representative" for person in answer.legislators) == 6


def test_a_district_has_a_delegation(roster: Roster, now: datetime) -> None:
    assert roster.delegation("CA", "CA-11", now) is roster.lookup("94110", now)


def test_a_state_alone_has_its_senators(roster: Roster, now: datetime) -> None:
    assert roster.delegation("CA", None, now).status == "partial"


def test_a_district_that_does_not_exist_has_no_seat(roster: Roster, now: datetime) -> None:
    assert roster.delegation("CA", "CA-99", now).reason == "no_seat"


def test_everybody_who_serves_is_listed_once(roster: Roster, now: datetime) -> None:
    people = roster.people(now)
    assert len(people) == len({person.id for person in people}) == 539


def test_every_house_district_is_listed(roster: Roster, now: datetime) -> None:
    assert len(roster.districts(now)) == 441
