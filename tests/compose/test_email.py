import re
from itertools import product

import pytest

from tests.compose.people import (
    COSPONSOR,
    DELEGATE,
    EVERYBODY,
    REPRESENTATIVE,
    SENATOR,
    SPONSOR,
    hketo,
)
from widget_server.compose.email import LETTERS, letters
from widget_server.model import Legislator

HKETO = hketo()
#: Every combination of an opening, a reason and an ask.
ROTATIONS = range(27)


def test_every_letter_to_every_seat_is_short_and_complete() -> None:
    for person, rotation in product(EVERYBODY, ROTATIONS):
        for letter in letters(HKETO, person, "en", rotation):
            assert len(letter.body) < 1200
            assert "{" not in letter.body + letter.subject
            assert HKETO.bill_for(person).label in letter.subject
            assert person.last_name in letter.body


def test_a_rotation_has_three_letters_that_share_no_paragraph() -> None:
    for rotation in ROTATIONS:
        bodies = [letter.body for letter in letters(HKETO, REPRESENTATIVE, "en", rotation)]
        middles = [paragraph for body in bodies for paragraph in body.split("\n\n")[1:4]]
        assert len(set(middles)) == 3 * LETTERS


def test_different_rotations_give_different_letters() -> None:
    firsts = {letters(HKETO, REPRESENTATIVE, "en", rotation)[0] for rotation in ROTATIONS}
    assert len(firsts) == len(ROTATIONS)


def test_a_letter_ends_with_the_ask_and_the_constituents_signature() -> None:
    body = letters(HKETO, REPRESENTATIVE, "en")[0].body
    greeting, *_, ask, sign_off = body.split("\n\n")
    assert greeting == "Dear Representative Example,"
    assert "cosponsor" in ask
    assert sign_off == "Sincerely,\nA constituent in California's 11th district"


def test_a_letter_to_a_senator_is_signed_from_the_state() -> None:
    body = letters(HKETO, SENATOR, "en")[0].body
    assert body.startswith("Dear Senator Example,")
    assert body.endswith("A constituent in California")


@pytest.mark.parametrize("person", [SPONSOR, COSPONSOR])
def test_who_signed_is_thanked_and_asked_to_bring_a_colleague(person: Legislator) -> None:
    for rotation in ROTATIONS:
        for letter in letters(HKETO, person, "en", rotation):
            assert "hank you" in letter.body or "grateful" in letter.body
            assert "colleague" in letter.body.split("\n\n")[-2]


def test_a_delegate_is_never_asked_to_vote() -> None:
    for rotation in ROTATIONS:
        for letter in letters(HKETO, DELEGATE, "en", rotation):
            assert not re.search(r"\bvot(e|es|ing)\b", letter.body, re.I)
            assert "cosponsor" in letter.body


def test_the_gloss_says_subject_opening_reason_and_ask() -> None:
    gloss = letters(HKETO, REPRESENTATIVE, "es")[0].gloss
    assert gloss
    assert len(gloss.split("\n\n")) == 4
    assert letters(HKETO, REPRESENTATIVE, "en")[0].gloss is None
