"""Envelopes: opened by one key, in one place, or not at all."""

from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from widget_server.errors import SealError
from widget_server.seal import (
    PADDED_BYTES,
    Context,
    generate_key_pair,
    new_content_key,
    open_,
    seal,
)
from widget_server.seal.envelope import NONCE_BYTES, bound

PAIR = generate_key_pair()
KEY = new_content_key("hketo", [PAIR.public])
CONTEXT = Context("hketo", "visit", "7KQ4-M2XD", "2026-11-22")
FIELDS = {"email": "ada@example.org", "name": "Ada 林 \u202e<script>", "zip": "94110"}


def test_the_key_opens_what_it_closed() -> None:
    assert open_(seal(FIELDS, KEY, CONTEXT), KEY, CONTEXT) == FIELDS


def test_an_envelope_shows_nothing_of_its_contents() -> None:
    envelope = seal(FIELDS, KEY, CONTEXT)
    assert b"ada" not in envelope
    assert b"94110" not in envelope


def test_the_same_person_is_sealed_differently_each_time() -> None:
    assert seal(FIELDS, KEY, CONTEXT) != seal(FIELDS, KEY, CONTEXT)


@pytest.mark.parametrize("length", [0, 1, 200, 800])
def test_envelopes_of_short_and_long_names_are_equally_long(length: int) -> None:
    envelope = seal({"name": "x" * length}, KEY, CONTEXT)
    assert len(envelope) == len(seal({}, KEY, CONTEXT)) == PADDED_BYTES + 28


def test_what_needs_more_room_fills_the_next_step() -> None:
    fields = {"name": "😀" * 200, "email": "é" * 254}
    envelope = seal(fields, KEY, CONTEXT)
    assert len(envelope) == 2 * PADDED_BYTES + 28
    assert open_(envelope, KEY, CONTEXT) == fields


@pytest.mark.parametrize("field", ["campaign", "visit", "reference", "consent"])
def test_an_envelope_does_not_open_in_another_place(field: str) -> None:
    envelope = seal(FIELDS, KEY, CONTEXT)
    with pytest.raises(SealError, match="another submission"):
        open_(envelope, KEY, replace(CONTEXT, **{field: "another"}))


def test_consent_to_nothing_is_not_consent_to_an_empty_text() -> None:
    envelope = seal(FIELDS, KEY, replace(CONTEXT, consent=None))
    with pytest.raises(SealError):
        open_(envelope, KEY, replace(CONTEXT, consent=""))


def test_the_same_secret_wrapped_for_others_does_not_open_it() -> None:
    envelope = seal(FIELDS, KEY, CONTEXT)
    others = new_content_key("hketo", [generate_key_pair().public]).wrapped
    with pytest.raises(SealError):
        open_(envelope, replace(KEY, wrapped=others), CONTEXT)


def test_no_flipped_byte_is_accepted() -> None:
    envelope = seal(FIELDS, KEY, CONTEXT)
    for place in range(len(envelope)):
        damaged = bytearray(envelope)
        damaged[place] ^= 1
        with pytest.raises(SealError):
            open_(bytes(damaged), KEY, CONTEXT)


@pytest.mark.parametrize("length", [0, 1, 11, 12, 27, 28, 60, -1])
def test_a_truncated_envelope_is_refused(length: int) -> None:
    envelope = seal(FIELDS, KEY, CONTEXT)
    with pytest.raises(SealError):
        open_(envelope[:length], KEY, CONTEXT)


@pytest.mark.parametrize(
    "text",
    [
        b"[" * 4000,
        b'{"name":"\\ud800"}',
        b'{"name":["Ada"]}',
        b'{"updates":true}',
        b'["name"]',
        b"null",
        b"5",
        b"",
        b"\xff",
    ],
    ids=ascii,
)
def test_what_no_form_of_ours_holds_is_refused(text: bytes) -> None:
    nonce = bytes(NONCE_BYTES)
    sealed = nonce + AESGCM(KEY.secret).encrypt(nonce, text, bound(CONTEXT, KEY))
    with pytest.raises(SealError, match="not what people type"):
        open_(sealed, KEY, CONTEXT)
