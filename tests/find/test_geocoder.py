"""The question that goes out, and what is believed of an answer."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.geocoder_server import match, matches, sample
from widget_server.find.address import Address
from widget_server.find.fips import STATES
from widget_server.find.geocoder import (
    BadAddress,
    Located,
    NoMatch,
    Outage,
    Question,
    question,
    read,
)
from widget_server.places import STATE_NAMES

NOON = datetime(2027, 1, 3, 17, tzinfo=UTC)
ADDRESS = Address.parse("1 Example Ave, Austin TX 78701")


@pytest.fixture
def asked(now: datetime) -> Question:
    return question(ADDRESS, now)


def test_the_question_is_about_todays_lines(asked: Question) -> None:
    assert asked.params == {
        "address": "1 Example Ave, Austin, TX, 78701",
        "benchmark": "Public_AR_Current",
        "vintage": "ACS2025_Current",
        "layers": "119th Congressional Districts",
        "format": "json",
    }


@pytest.mark.parametrize(
    ("now", "vintage", "layer"),
    [
        (datetime(2024, 6, 1, tzinfo=UTC), "ACS2025_Current", "118th Congressional Districts"),
        (NOON - timedelta(seconds=1), "ACS2025_Current", "119th Congressional Districts"),
        (NOON, "Current_Current", "120th Congressional Districts"),
        (NOON + timedelta(days=800), "Current_Current", "121st Congressional Districts"),
    ],
)
def test_the_clock_chooses_vintage_and_layer(now: datetime, vintage: str, layer: str) -> None:
    asked = question(ADDRESS, now)
    assert (asked.vintage, asked.layer) == (vintage, layer)


def test_a_question_does_not_show_its_address(asked: Question) -> None:
    assert "Example" not in repr(asked)


def test_one_match_is_located(asked: Question) -> None:
    assert read(200, sample("found"), asked) == Located(("TX-37",), ("TX",))


@pytest.mark.parametrize(
    ("geoid", "postal", "district"),
    [
        ("1198", "DC", "DC-0"),
        ("7298", "PR", "PR-0"),
        ("5600", "WY", "WY-0"),
        ("0611", "CA", "CA-11"),
        ("2508", "MA", "MA-8"),
    ],
)
def test_seats_of_a_whole_state_have_number_0(
    asked: Question, geoid: str, postal: str, district: str
) -> None:
    outcome = read(200, matches(match(geoid, postal=postal)), asked)
    assert outcome == Located((district,), (postal,))


def test_two_matches_in_one_district_agree(asked: Question) -> None:
    assert read(200, matches(match(), match()), asked) == Located(("TX-37",), ("TX",))


def test_matches_in_two_districts_give_both(asked: Question) -> None:
    outcome = read(200, matches(match("4837"), match("4810")), asked)
    assert outcome == Located(("TX-37", "TX-10"), ("TX",))


def test_a_post_office_in_the_next_state_is_told(asked: Question) -> None:
    outcome = read(200, matches(match("3800", postal="SD")), asked)
    assert outcome == Located(("ND-0",), ("ND", "SD"))


def test_a_post_office_elsewhere_is_not_needed(asked: Question) -> None:
    strange: list[object] = [None, [], {"state": 48}, {"state": "AE"}]
    for components in strange:
        found = {**match(), "addressComponents": components}
        assert read(200, matches(found), asked) == Located(("TX-37",), ("TX",))


def test_a_district_that_repeats_its_number_is_believed(asked: Question) -> None:
    assert read(200, matches(match(CD119="37")), asked) == Located(("TX-37",), ("TX",))


def test_water_is_no_district(asked: Question) -> None:
    assert read(200, matches(match("26ZZ", postal="MI")), asked) == NoMatch()
    both = matches(match("26ZZ", postal="MI"), match())
    assert read(200, both, asked) == Located(("TX-37",), ("TX",))


def test_nothing_that_matches_is_no_match(asked: Question) -> None:
    assert read(200, sample("no-match"), asked) == NoMatch()


@pytest.mark.parametrize(
    "text",
    [
        "Specify House number and Street name along with City and State and/or ZIP Code",
        "Street address cannot be empty and cannot exceed 100 characters",
    ],
)
def test_a_400_about_the_street_is_a_bad_address(asked: Question, text: str) -> None:
    assert read(400, f'{{"errors": ["{text}"]}}'.encode(), asked) == BadAddress()


@pytest.mark.parametrize(
    ("text", "is_failure"),
    [
        ("Invalid vintage", True),
        ("Invalid vintage for 1 Main Street", True),
        ("Invalid benchmark", True),
        ("", False),
    ],
)
def test_a_400_about_anything_else_is_an_outage(
    asked: Question, text: str, is_failure: bool
) -> None:
    outage = Outage("HTTP 400", is_failure)
    assert read(400, f'{{"errors": ["{text}"]}}'.encode(), asked) == outage


def test_the_next_congress_is_refused_until_it_sits(asked: Question) -> None:
    answer = sample("next-congress")
    assert isinstance(read(200, answer, asked), Outage)
    assert read(200, answer, question(ADDRESS, NOON)) == Located(("TX-10",), ("TX",))
    assert isinstance(read(200, sample("found"), question(ADDRESS, NOON)), Outage)


def test_an_outage_says_why_without_the_address(asked: Question) -> None:
    echo = sample("found").replace(b"37", b"ZZZ")
    outcome = read(200, echo, asked)
    assert isinstance(outcome, Outage)
    assert "EXAMPLE" not in outcome.reason.upper()


def test_every_state_with_a_seat_has_one_number() -> None:
    assert sorted(STATES.values()) == sorted(STATE_NAMES)


KEYS = (
    *("result", "addressMatches", "geographies", "119th Congressional Districts"),
    *("GEOID", "STATE", "CDSESSN", "CD119", "addressComponents", "state", "errors"),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(reply=JSON, area=st.dictionaries(st.sampled_from(["GEOID", "STATE", "CDSESSN"]), JSON))
def test_any_other_json_is_an_outage_or_nothing(reply: object, area: dict[str, object]) -> None:
    asked = question(ADDRESS, NOON - timedelta(days=1))
    strange = matches({"geographies": {asked.layer: [area]}}, reply)
    assert isinstance(read(200, strange, asked), Outage)


@given(body=st.binary(max_size=300), status=st.integers(min_value=100, max_value=599))
def test_any_other_bytes_are_an_outage(body: bytes, status: int) -> None:
    asked = question(ADDRESS, NOON - timedelta(days=1))
    assert isinstance(read(status, body, asked), Outage)
