import pytest

from widget_server.places import (
    STATE_NAMES,
    district_in_words,
    ordinal,
    seat_in_words,
    state_in_words,
    state_name,
)


def test_every_state_and_territory_with_a_seat_has_a_name() -> None:
    assert len(STATE_NAMES) == 50 + 6


def test_a_name_on_its_own_has_no_article() -> None:
    assert state_name("DC") == "District of Columbia"


def test_a_name_in_a_sentence_has_its_article() -> None:
    assert state_in_words("VI") == "the U.S. Virgin Islands"
    assert state_in_words("CA") == "California"


@pytest.mark.parametrize(
    ("district", "words"),
    [
        ("CA-11", "California's 11th"),
        ("TX-2", "Texas's 2nd"),
        ("WY-0", "Wyoming, at large"),
        ("DC-0", "the District of Columbia"),
        ("PR-0", "Puerto Rico"),
    ],
)
def test_a_district_is_said_in_words(district: str, words: str) -> None:
    assert district_in_words(district) == words


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (52, "52nd")],
)
def test_numbers_have_their_endings(number: int, words: str) -> None:
    assert ordinal(number) == words


@pytest.mark.parametrize(
    ("seat", "words"),
    [
        ("TX-23", "Texas's 23rd"),
        ("SC-SEN", "South Carolina, US Senate"),
        ("TX-HOUSE", "Texas, US House"),
    ],
)
def test_a_seat_is_said_in_words(seat: str, words: str) -> None:
    assert seat_in_words(seat) == words
