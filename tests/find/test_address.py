"""What people type, as it is asked about."""

import pytest

from widget_server.find.address import MOST_CHARACTERS, Address


@pytest.mark.parametrize(
    ("line", "state", "code"),
    [
        ("1100 Congress Ave, Austin TX 78701", "TX", "78701"),
        ("1100 Congress Ave, Austin, tx, 78701-1234", "tx", "78701-1234"),
        ("1100 Congress Ave, Austin, TX", "TX", ""),
        ("1100 Congress Ave 78701", "", "78701"),
        ("100 Elm Ct", "", ""),
        ("100 Elm Ct 06001", "", "06001"),
        ("1600 Pennsylvania Ave NW, Washington", "", ""),
    ],
)
def test_a_whole_line_gives_its_state_and_zip(line: str, state: str, code: str) -> None:
    address = Address.parse(line)
    assert (address.state, address.zip) == (state, code)


def test_a_line_beside_a_zip_is_read_too() -> None:
    address = Address.parse("1100 Congress Ave, Austin, TX", zip_code="78701")
    assert (address.state_code, address.zip) == ("TX", "78701")


def test_a_zip_on_the_line_is_believed_before_one_beside_it() -> None:
    address = Address.parse("1100 Congress Ave, Austin, TX 78701", zip_code="94110")
    assert address.line == "1100 Congress Ave, Austin, TX, 78701"


def test_the_line_to_ask_about_has_every_part() -> None:
    address = Address.parse(" 1100  Congress Ave", "Austin ", "TX", "78701")
    assert address.line == "1100 Congress Ave, Austin, TX, 78701"
    assert Address.parse("1100 Congress Ave, Austin TX 78701").line == address.line


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("TX", "TX"),
        ("tx", "TX"),
        ("Texas", "TX"),
        ("D.C.", "DC"),
        ("district of columbia", "DC"),
        ("Tejas", None),
        ("AE", None),
        ("", None),
    ],
)
def test_a_state_is_known_by_its_code_or_its_name(typed: str, code: str | None) -> None:
    assert Address.parse("1 Main St", state=typed).state_code == code


def test_full_width_signs_and_stray_characters_are_made_plain() -> None:
    address = Address.parse("１１００\u3000Congress\x00 Ave\ud800\u202e", "Austin")
    assert address.line == "1100 Congress Ave, Austin"


@pytest.mark.parametrize("street", ["", "  \x00 ", "1 Main St " * 100, "ﷺ" * MOST_CHARACTERS])
def test_no_street_and_endless_text_are_not_asked_about(street: str) -> None:
    assert not Address.parse(street, "Austin", "TX").can_be_asked


def test_an_address_does_not_show_itself() -> None:
    assert "Main" not in repr(Address.parse("1 Main St, Austin TX 78701"))
