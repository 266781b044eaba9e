import pytest
from hypothesis import given
from hypothesis import strategies as st

from widget_server.find.zipcodes import normalize_zip


@pytest.mark.parametrize(
    "typed",
    [
        "94110",
        " 94110 ",
        "94110-1234",
        " 94110-1234 ",
        "941101234",
        "９４１１０",
        "９４１１０－１２３４",
        "94110–1234",
        "94110\u20111234",
        "\u00a094110\t",
    ],
)
def test_every_spelling_of_a_zip_is_the_same_zip(typed: str) -> None:
    assert normalize_zip(typed) == "94110"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2139",
        "021390",
        "94110-",
        "94110-12",
        "94110 1234",
        "9411O",
        "٩٤١١٠",
        "94110\x00",
        "-94110",
        "1 Dr Carlton B Goodlett Pl",
        "9" * 10_000,
    ],
)
def test_what_is_not_a_zip_is_not_guessed(typed: str) -> None:
    assert normalize_zip(typed) is None


def test_a_leading_zero_is_kept() -> None:
    assert normalize_zip("02139-4307") == "02139"


@given(st.text())
def test_any_text_gives_five_digits_or_nothing(typed: str) -> None:
    normal = normalize_zip(typed)
    assert normal is None or (len(normal) == 5 and normal.isascii() and normal.isdigit())
