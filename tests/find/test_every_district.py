"""Both sides of noon Eastern on 3 January 2027, for every district and every ZIP.

The packaged facts know nothing of the 120th Congress, so what they say after noon is only whose
term goes on, and which seats are unsettled.
"""

import csv
from datetime import UTC, datetime, timedelta

import pytest

from widget_server.find.congress import noon_eastern
from widget_server.find.roster import Roster
from widget_server.find.tables import PACKAGED, Tables
from widget_server.model import Answer

NOON = datetime(2027, 1, 3, 17, tzinfo=UTC)
BEFORE = NOON - timedelta(seconds=1)
SIDES = [BEFORE, NOON, NOON + timedelta(hours=12)]
REDRAWN = {"AL", "CA", "FL", "LA", "NC", "OH", "TN", "TX", "UT"}


def rows() -> list[dict[str, str]]:
    with (PACKAGED / "seats.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


#: Read without our code: district to the id of its holder and the day on which that ends.
DISTRICTS = {row["seat"]: (row["id"], row["end"]) for row in rows() if not row["class"]}
SENATE = [row for row in rows() if row["class"]]


def nobody_is_named_whose_term_is_over(answer: Answer, now: datetime) -> bool:
    return all(
        noon_eastern(person.start) <= now < noon_eastern(person.end)
        for person in answer.legislators
    )


def seats_of(state: str, day: str) -> tuple[set[str], bool]:
    """The state's senators who serve after noon of ``day``, and whether that leaves a doubt."""
    seats = [row for row in SENATE if row["seat"] == f"{state}-SEN"]
    serving = {row["id"] for row in seats if row["end"] > day and row["id"]}
    return serving, any(row["end"] <= day for row in seats)


@pytest.mark.parametrize("district", DISTRICTS)
def test_until_noon_the_holder_of_the_seat_is_named(roster: Roster, district: str) -> None:
    answer = roster.delegation(district[:2], district, BEFORE)
    holder, _ = DISTRICTS[district]
    named = [person.id for person in answer.legislators if person.role != "senator"]
    assert named == ([holder] if holder else [])
    assert answer.vacancies == (() if holder else (district,))
    assert (answer.status, answer.congress, answer.unsettled) == ("found", 119, ())


@pytest.mark.parametrize("district", DISTRICTS)
def test_from_noon_on_only_those_whose_term_goes_on_are_named(
    roster: Roster, district: str
) -> None:
    answer = roster.delegation(district[:2], district, NOON)
    senators, in_doubt = seats_of(district[:2], "2027-01-03")
    goes_on = DISTRICTS[district][1] > "2027-01-03"
    house = {DISTRICTS[district][0]} if goes_on else set()
    assert {person.id for person in answer.legislators} == senators | house
    unsettled = [] if goes_on else [district]
    assert list(answer.unsettled) == unsettled + ([f"{district[:2]}-SEN"] if in_doubt else [])
    assert (answer.congress, answer.vacancies) == (120, ())


def test_only_puerto_ricos_house_term_goes_on() -> None:
    assert [code for code, (_, end) in DISTRICTS.items() if end > "2027-01-03"] == ["PR-0"]


@pytest.mark.parametrize("now", SIDES)
def test_no_zip_ever_names_somebody_whose_term_is_over(
    roster: Roster, packaged: Tables, now: datetime
) -> None:
    for code in packaged.zips:
        assert nobody_is_named_whose_term_is_over(roster.lookup(code, now), now)


@pytest.mark.parametrize("now", SIDES[1:])
def test_from_noon_on_no_zip_lies_in_an_old_district(
    roster: Roster, packaged: Tables, now: datetime
) -> None:
    for code, places in packaged.zips.items():
        lasting = [each for each in places.split() if each[:2] not in REDRAWN and "-" in each]
        answer = roster.lookup(code, now)
        assert [each for each in answer.districts if not each.endswith("-0")] == [
            each for each in lasting if not each.endswith("-0")
        ]


def test_from_noon_on_every_zip_of_a_redrawn_state_says_what_is_unsettled(
    roster: Roster, packaged: Tables
) -> None:
    for code, places in packaged.zips.items():
        states = {each[:2] for each in places.split() if "-" in each} & REDRAWN
        unsettled = roster.lookup(code, NOON).unsettled
        assert {f"{state}-HOUSE" for state in states} <= set(unsettled)


def test_from_noon_on_no_zip_is_answered_without_a_doubt_or_a_person(
    roster: Roster, packaged: Tables
) -> None:
    for code in packaged.zips:
        answer = roster.lookup(code, NOON)
        assert answer.status == "none" or answer.legislators or answer.unsettled
