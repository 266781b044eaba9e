import re

import pytest

from tests.compose.people import (
    COSPONSOR,
    DELEGATE,
    EVERYBODY,
    REPRESENTATIVE,
    SPONSOR,
    hketo,
    legislator,
)
from widget_server.compose.tweet import tweets, weighted_length
from widget_server.model import Legislator

HKETO = hketo()
ALL_TEXTS = [(person, tweet.text) for person in EVERYBODY for tweet in tweets(HKETO, person, "en")]


def test_the_roster_is_complete_enough_to_mean_something() -> None:
    assert len(EVERYBODY) > 530


def test_every_tweet_to_every_seat_fits_x() -> None:
    assert max(weighted_length(text) for _, text in ALL_TEXTS) <= 280


def test_every_tweet_to_every_seat_fits_bluesky_with_its_full_link() -> None:
    assert max(len(text) for _, text in ALL_TEXTS) <= 300


def test_no_tweet_begins_with_a_mention() -> None:
    assert not [text for _, text in ALL_TEXTS if text.startswith("@")]


def test_a_tweet_tags_one_official_account_or_names_the_legislator() -> None:
    for person, text in ALL_TEXTS:
        handle = person.accounts.get("x")
        assert text.count("@") == (1 if handle else 0)
        assert (f"@{handle}" if handle else person.name) in text


def test_no_placeholder_is_left_in_a_tweet() -> None:
    assert not [text for _, text in ALL_TEXTS if re.search(r"[{}]", text)]


def test_every_tweet_comes_from_a_constituent_and_names_the_bill() -> None:
    for person, text in ALL_TEXTS:
        assert HKETO.bill_for(person).label in text
        assert HKETO.bill_for(person).url in text
        assert re.search(r"\bconstituent\b|\bNobody in\b", text)
        assert "voter" not in text.lower()


def test_nobody_is_asked_to_vote() -> None:
    assert not [text for _, text in ALL_TEXTS if re.search(r"\bvot(e|es|ing)\b", text, re.I)]


def test_a_delegate_is_asked_to_cosponsor() -> None:
    assert all("cosponsor" in tweet.text for tweet in tweets(HKETO, DELEGATE, "en"))


@pytest.mark.parametrize("person", [SPONSOR, COSPONSOR])
def test_who_signed_is_thanked_and_asked_to_bring_a_colleague(person: Legislator) -> None:
    for tweet in tweets(HKETO, person, "en"):
        assert re.search(r"[Tt]hank|[Gg]rateful|glad", tweet.text)
        assert "colleague" in tweet.text


def test_who_did_not_sign_is_never_asked_for_a_colleague() -> None:
    for tweet in tweets(HKETO, REPRESENTATIVE, "en"):
        assert "colleague" not in tweet.text


def test_there_are_six_tweets_to_ask_and_three_to_thank() -> None:
    assert len(tweets(HKETO, REPRESENTATIVE, "en")) >= 6
    assert len(tweets(HKETO, SPONSOR, "en")) >= 3


def test_each_rotation_begins_with_another_tweet() -> None:
    count = len(tweets(HKETO, REPRESENTATIVE, "en"))
    firsts = [tweets(HKETO, REPRESENTATIVE, "en", rotation)[0].id for rotation in range(count)]
    assert len(set(firsts)) == count


def test_the_gloss_is_in_the_visitors_language() -> None:
    for tweet in tweets(HKETO, REPRESENTATIVE, "zh-Hant"):
        assert tweet.gloss
        assert re.search(r"[\u4e00-\u9fff]", tweet.gloss)
    assert tweets(HKETO, REPRESENTATIVE, "en")[0].gloss is None


def test_the_message_itself_is_english_for_every_visitor() -> None:
    texts = {language: tweets(HKETO, REPRESENTATIVE, language)[0].text for language in ("en", "es")}
    assert texts["en"] == texts["es"]


def test_a_brace_in_a_name_is_no_placeholder() -> None:
    person = legislator(name="Ada {bill} Example", accounts={})
    assert "Ada {bill} Example" in tweets(HKETO, person, "en")[0].text
