import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.find.spellings import NO_ZIPS, ZIPS
from widget_server.find.zipcodes import normalize_zip


@pytest.mark.parametrize("typed", ZIPS)
def test_every_spelling_of_a_zip_is_the_same_zip(typed: str) -> None:
    assert normalize_zip(typed) == "94110"


@pytest.mark.parametrize("typed", ["", *NO_ZIPS])
def test_what_is_not_a_zip_is_not_guessed(typed: str) -> None:
    assert normalize_zip(typed) is None


def test_a_leading_zero_is_kept() -> None:
    assert normalize_zip("02139-4307") == "02139"


@given(st.text())
def test_any_text_gives_five_digits_or_nothing(typed: str) -> None:
    normal = normalize_zip(typed)
    assert normal is None or (len(normal) == 5 and normal.isascii() and normal.isdigit())
