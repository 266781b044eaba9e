import pytest

from tests.compose.people import REPRESENTATIVE, SENATOR, hketo, legislator
from widget_server.campaigns.placeholders import MESSAGE_NAMES
from widget_server.compose.placeholders import values
from widget_server.model import Legislator

HKETO = hketo()


def test_every_name_that_is_allowed_has_a_value() -> None:
    assert values(HKETO, REPRESENTATIVE).keys() == MESSAGE_NAMES


def test_a_senator_is_asked_about_the_senate_bill() -> None:
    assert values(HKETO, SENATOR)["bill"] == "S. 3655"
    assert values(HKETO, REPRESENTATIVE)["bill"] == "H.R. 2661"


def test_who_has_no_account_is_mentioned_by_title_and_name() -> None:
    assert values(HKETO, legislator(accounts={}))["mention"] == "Rep. Ada Example"
    assert values(HKETO, REPRESENTATIVE)["mention"] == "@RepAdaExample"


@pytest.mark.parametrize(
    ("person", "words"),
    [
        (REPRESENTATIVE, "California's 11th district"),
        (SENATOR, "California"),
        (legislator(state="WY", district="WY-0"), "Wyoming"),
        (legislator(role="delegate", state="DC", district="DC-0"), "the District of Columbia"),
    ],
)
def test_the_constituency_is_said_in_words(person: Legislator, words: str) -> None:
    assert values(HKETO, person)["constituency"] == words
