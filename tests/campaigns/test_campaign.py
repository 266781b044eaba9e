"""What the shipped campaign says of itself."""

from datetime import UTC, date, datetime

from tests.compose.people import REPRESENTATIVE, SENATOR, hketo

ENDS = datetime(2027, 1, 3, 17, tzinfo=UTC)
SHIPPED = hketo()


def test_the_english_words_are_to_the_letter() -> None:
    words = SHIPPED.words_in("en")
    assert words.headline == "Reject China's Transnational Repression in 3 Steps"
    assert words.call == "Urge your legislators to support the HKETO Certification Act"
    assert words.steps == (
        "Find your legislators",
        "Tweet them with our templates",
        "Email them with our templates",
    )
    assert words.success == "Thank you! Your submission has been received!"
    assert words.failure == "Oops! Something went wrong while submitting the form."
    assert words.explainer_title == "What is the HKETO Certification Act?"
    assert words.learn_more == "Learn more about this bill"


def test_the_campaign_speaks_three_languages() -> None:
    assert SHIPPED.languages == ("en", "zh-Hant", "es")
    assert len({words.headline for words in SHIPPED.words.values()}) == 3


def test_a_language_that_is_not_there_is_the_default_one() -> None:
    assert SHIPPED.words_in("tlh") is SHIPPED.words_in(None) is SHIPPED.words["en"]


def test_it_ends_at_noon_eastern() -> None:
    assert not SHIPPED.ended(ENDS.replace(hour=16, minute=59))
    assert SHIPPED.ended(ENDS)


def test_its_days_are_eastern() -> None:
    assert SHIPPED.day(datetime(2026, 11, 22, 4, 59, tzinfo=UTC)) == date(2026, 11, 21)


def test_each_chamber_has_its_bill() -> None:
    assert SHIPPED.bill_for(SENATOR).label == "S. 3655"
    assert SHIPPED.bill_for(REPRESENTATIVE).label == "H.R. 2661"


def test_a_bill_knows_who_stands_behind_it() -> None:
    bill = SHIPPED.bill_for(REPRESENTATIVE)
    assert bill.stance("S000522") == "sponsor"
    assert bill.stance("R000622") == "cosponsor"
    assert bill.stance("P000197") == "none"


def test_it_is_discreet() -> None:
    assert not SHIPPED.host_events
    assert not SHIPPED.keep_district
    assert SHIPPED.keep == "updates"


def test_the_privacy_words_name_the_organiser() -> None:
    for words in SHIPPED.words.values():
        assert SHIPPED.organiser.name in words.privacy
        assert SHIPPED.organiser.address in words.privacy
        assert SHIPPED.organiser.contact_url in words.privacy
