"""What the clock chooses: before, at and after noon Eastern on 3 January 2027."""

from datetime import UTC, date, datetime, timedelta

import pytest

from widget_server.find.congress import noon_eastern
from widget_server.find.roster import Roster

NOON = datetime(2027, 1, 3, 17, 0, tzinfo=UTC)
BEFORE = NOON - timedelta(seconds=1)

REDRAWN = ["AL", "CA", "FL", "LA", "NC", "OH", "TN", "TX", "UT"]


def test_until_noon_everybody_still_serves(roster: Roster) -> None:
    answer = roster.lookup("94110", BEFORE)
    assert (answer.congress, answer.status, len(answer.legislators)) == (119, "found", 3)


def test_at_noon_a_member_whose_term_is_over_is_named_no_more(roster: Roster) -> None:
    answer = roster.lookup("14850", NOON)
    assert (answer.status, answer.congress, answer.unsettled) == ("found", 120, ("NY-19",))
    assert [person.role for person in answer.legislators] == ["senator", "senator"]


def test_at_noon_a_class_2_senator_is_unsettled_like_the_house(roster: Roster) -> None:
    assert roster.delegation("KY", None, NOON).unsettled == ("KY-SEN",)


def test_at_noon_an_appointed_senator_is_unsettled(roster: Roster) -> None:
    answer = roster.delegation("OH", None, NOON)
    assert answer.unsettled == ("OH-SEN",)
    assert [person.last_name for person in answer.legislators] == ["Moreno"]


def test_puerto_ricos_resident_commissioner_goes_on(roster: Roster) -> None:
    answer = roster.lookup("00601", NOON)
    assert (len(answer.legislators), answer.unsettled) == (1, ())


def test_a_vacancy_of_the_old_congress_is_unsettled_in_the_new_one(roster: Roster) -> None:
    answer = roster.delegation("FL", "FL-20", NOON)
    assert (answer.vacancies, "FL-20" in answer.unsettled) == ((), True)


def test_at_noon_old_lines_give_only_the_state(roster: Roster) -> None:
    answer = roster.lookup("94110", NOON)
    assert (answer.status, answer.state, answer.districts) == ("partial", "CA", ())
    assert answer.unsettled == ("CA-HOUSE",)
    assert {person.role for person in answer.legislators} == {"senator"}


def test_a_split_zip_in_a_redrawn_state_offers_no_old_candidate(roster: Roster) -> None:
    assert roster.lookup("43215", NOON, "OH-15").districts == ()


def test_missouri_keeps_its_lines(roster: Roster) -> None:
    assert roster.lookup("63101", NOON).districts == ("MO-1",)


def test_a_zip_across_old_and_standing_lines_still_asks(roster: Roster) -> None:
    answer = roster.lookup("82930", NOON)
    assert (answer.status, answer.state, answer.districts) == ("choose", None, ("WY-0",))
    assert answer.unsettled == ("WY-0", "UT-HOUSE")


@pytest.mark.parametrize("state", REDRAWN)
def test_no_district_of_a_redrawn_state_is_listed(roster: Roster, state: str) -> None:
    assert not any(code.startswith(state) for code in roster.districts(NOON))


def test_nobody_is_ever_named_outside_their_term(roster: Roster) -> None:
    for now in (BEFORE, NOON, NOON + timedelta(days=800), NOON + timedelta(days=3000)):
        for person in roster.people(now):
            assert noon_eastern(person.start) <= now < noon_eastern(person.end)


def test_before_somebody_took_a_seat_its_holder_is_unsettled(roster: Roster) -> None:
    answer = roster.lookup("94545", datetime(2026, 8, 1, tzinfo=UTC))
    assert (answer.districts, answer.unsettled) == (("CA-14",), ("CA-14",))


def test_the_clock_may_go_back_and_forth(roster: Roster) -> None:
    assert roster.lookup("94110", NOON).congress == 120
    assert roster.lookup("94110", BEFORE).congress == 119


def test_the_same_facts_hold_until_the_next_change(roster: Roster) -> None:
    one = roster.lookup("94110", datetime(2026, 11, 22, tzinfo=UTC))
    assert one is roster.lookup("94110", BEFORE)
    assert one.as_of == date(2026, 9, 2)
