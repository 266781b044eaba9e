"""Content keys: opened by those they are wrapped for, in their own campaign, or not at all."""

import pytest
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from tests.sealing import private
from widget_server.errors import SealError
from widget_server.seal import (
    SUITE_BROWSER,
    SUITE_HYBRID,
    generate_key_pair,
    key_id,
    new_content_key,
    unwrap,
    wraps,
)
from widget_server.seal.pairs import recipient

ORGANISER, RECOVERY, STRANGER = (generate_key_pair() for _ in range(3))
KEY = new_content_key("hketo", [ORGANISER.public, RECOVERY.public])


@pytest.mark.parametrize("pair", [ORGANISER, RECOVERY], ids=["organiser", "recovery"])
def test_each_recipient_opens_it_alone(pair: object) -> None:
    assert isinstance(pair, type(ORGANISER))
    assert unwrap(KEY.wrapped, "hketo", [private(pair)]) == KEY


def test_the_server_wraps_it_in_the_hybrid_suite_for_each_in_order() -> None:
    found = [(each.suite, each.key_id) for each in wraps(KEY.wrapped)]
    assert found == [(SUITE_HYBRID, key_id(pair.public)) for pair in (ORGANISER, RECOVERY)]


def test_what_a_browser_wrapped_in_the_classical_suite_opens_too() -> None:
    wrapped = browser_wrapped(b"k" * 32)
    assert unwrap(wrapped, "hketo", [private(ORGANISER)]).secret == b"k" * 32


def test_of_several_private_keys_the_right_one_is_taken() -> None:
    keys = [private(STRANGER), private(RECOVERY)]
    assert unwrap(KEY.wrapped, "hketo", keys) == KEY


def test_a_stranger_is_told_whose_it_is() -> None:
    with pytest.raises(SealError, match=key_id(RECOVERY.public).hex()):
        unwrap(KEY.wrapped, "hketo", [private(STRANGER)])


def test_it_does_not_open_in_another_campaign() -> None:
    with pytest.raises(SealError, match="another campaign"):
        unwrap(KEY.wrapped, "other", [private(ORGANISER)])


def test_no_flipped_byte_opens_to_the_same_key() -> None:
    """One in the other recipient's part opens, and names another content key."""
    for place in range(0, len(KEY.wrapped), 3):
        damaged = bytearray(KEY.wrapped)
        damaged[place] ^= 1
        try:
            found = unwrap(bytes(damaged), "hketo", [private(ORGANISER)])
        except SealError:
            continue
        assert found.id != KEY.id


@pytest.mark.parametrize("length", [0, 1, 2, 9, 12, 100, 1180, 1181, -1])
def test_a_truncated_one_is_refused_or_names_another(length: int) -> None:
    with pytest.raises(SealError):
        unwrap(KEY.wrapped[:length], "hketo", [private(RECOVERY)])


@pytest.mark.parametrize(
    "wrapped", [b"", b"\x02", b"\x01" + KEY.wrapped[1:], KEY.wrapped + b"\x02"]
)
def test_what_is_of_no_known_form_is_refused(wrapped: bytes) -> None:
    with pytest.raises(SealError):
        wraps(wrapped)


def test_no_content_key_shows_itself() -> None:
    assert repr(KEY) == "ContentKey()"


def browser_wrapped(secret: bytes) -> bytes:
    """As a browser does it: X25519 alone."""
    holder = recipient(ORGANISER.public)
    info = f'["threesteps.content-key","hketo","{holder.id.hex()}"]'.encode()
    suite = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
    sealed = suite.encrypt(secret, holder.classical, info)
    head = bytes((SUITE_BROWSER,)) + holder.id + len(sealed).to_bytes(2)
    return b"\x02" + head + sealed
