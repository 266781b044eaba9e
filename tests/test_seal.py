"""Envelopes: opened by one key, in one place, or not at all."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from widget_server.errors import SealError
from widget_server.seal import (
    PADDED_BYTES,
    Context,
    generate_key_pair,
    key_id,
    load_private_key,
    open_,
    seal,
)

PAIR = generate_key_pair()
PRIVATE = load_private_key(PAIR.private)
CONTEXT = Context("hketo", "visit", "7KQ4-M2XD", "2026-11-22")
FIELDS = {"email": "ada@example.org", "name": "Ada 林 \u202e<script>", "zip": "94110"}


def test_the_private_key_opens_what_was_sealed_to_the_public_one() -> None:
    assert open_(seal(FIELDS, PAIR.public, CONTEXT), PRIVATE, CONTEXT) == FIELDS


def test_an_envelope_shows_nothing_of_its_contents() -> None:
    envelope = seal(FIELDS, PAIR.public, CONTEXT)
    assert b"ada" not in envelope
    assert b"94110" not in envelope


def test_the_same_person_is_sealed_differently_each_time() -> None:
    assert seal(FIELDS, PAIR.public, CONTEXT) != seal(FIELDS, PAIR.public, CONTEXT)


@pytest.mark.parametrize("length", [0, 1, 200, 800])
def test_envelopes_of_short_and_long_names_are_equally_long(length: int) -> None:
    envelope = seal({"name": "x" * length}, PAIR.public, CONTEXT)
    assert len(envelope) == len(seal({}, PAIR.public, CONTEXT)) == PADDED_BYTES + 57


def test_what_needs_more_room_fills_the_next_step() -> None:
    fields = {"name": "😀" * 200, "email": "é" * 254}
    envelope = seal(fields, PAIR.public, CONTEXT)
    assert len(envelope) == 2 * PADDED_BYTES + 57
    assert open_(envelope, PRIVATE, CONTEXT) == fields


@pytest.mark.parametrize("field", ["campaign", "visit", "reference", "consent"])
def test_an_envelope_does_not_open_in_another_place(field: str) -> None:
    envelope = seal(FIELDS, PAIR.public, CONTEXT)
    with pytest.raises(SealError, match="another submission"):
        open_(envelope, PRIVATE, replace(CONTEXT, **{field: "another"}))


def test_consent_to_nothing_is_not_consent_to_an_empty_text() -> None:
    envelope = seal(FIELDS, PAIR.public, replace(CONTEXT, consent=None))
    with pytest.raises(SealError):
        open_(envelope, PRIVATE, replace(CONTEXT, consent=""))


def test_another_key_does_not_open_and_the_right_one_is_named() -> None:
    envelope = seal(FIELDS, PAIR.public, CONTEXT)
    other = load_private_key(generate_key_pair().private)
    with pytest.raises(SealError, match=key_id(PAIR.public).hex()):
        open_(envelope, other, CONTEXT)


def test_no_flipped_byte_is_accepted() -> None:
    envelope = seal(FIELDS, PAIR.public, CONTEXT)
    for place in range(len(envelope)):
        damaged = bytearray(envelope)
        damaged[place] ^= 1
        with pytest.raises(SealError):
            open_(bytes(damaged), PRIVATE, CONTEXT)


@pytest.mark.parametrize("length", [0, 1, 8, 9, 40, 41, 60, -1])
def test_a_truncated_envelope_is_refused(length: int) -> None:
    envelope = seal(FIELDS, PAIR.public, CONTEXT)
    with pytest.raises(SealError):
        open_(envelope[:length], PRIVATE, CONTEXT)


def foreign_pem() -> bytes:
    return Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


@pytest.mark.parametrize(
    "pem", [b"", b"junk", PAIR.public, foreign_pem()], ids=["empty", "junk", "public", "foreign"]
)
def test_what_is_no_private_key_of_a_campaign_is_refused(pem: bytes) -> None:
    with pytest.raises(SealError, match="private key"):
        load_private_key(pem)


def test_a_key_pair_does_not_show_its_private_half() -> None:
    assert "PRIVATE" not in repr(PAIR)
