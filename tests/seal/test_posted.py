"""What a browser sealed: taken in exactly one form, to exactly the right keys."""

from base64 import urlsafe_b64encode

import pytest

from widget_server.errors import InputError
from widget_server.seal import generate_key_pair, key_id, new_content_key, read_posted

PUBLICS = tuple(generate_key_pair().public for _ in range(2))
ENVELOPE = bytes(12 + 1024 + 16)


def wrapped(*publics: bytes, suite: int = 1, length: int = 80) -> bytes:
    """A wrap of the right form; what is inside nobody here can tell."""
    head = [bytes((suite,)) + key_id(public) + length.to_bytes(2) for public in publics]
    return b"\x02" + b"".join(each + bytes(length) for each in head)


def posted(key: bytes, envelope: bytes) -> str:
    return ".".join(urlsafe_b64encode(half).decode().rstrip("=") for half in (key, envelope))


def test_both_halves_are_taken_as_they_are() -> None:
    sealed = read_posted(posted(wrapped(*PUBLICS), ENVELOPE), PUBLICS)
    assert (sealed.wrapped, sealed.envelope) == (wrapped(*PUBLICS), ENVELOPE)


@pytest.mark.parametrize(
    "key",
    [
        wrapped(PUBLICS[0]),
        wrapped(*reversed(PUBLICS)),
        wrapped(*PUBLICS, PUBLICS[1]),
        wrapped(*PUBLICS, suite=3),
        wrapped(*PUBLICS, length=79),
        wrapped(*PUBLICS) + b"\0",
        new_content_key("hketo", PUBLICS).wrapped,
        b"\x02",
        b"",
    ],
    ids=["one", "turned", "three", "suite", "length", "more", "hybrid", "nobody", "nothing"],
)
def test_a_key_for_others_or_of_another_form_is_refused(key: bytes) -> None:
    with pytest.raises(InputError) as refused:
        read_posted(posted(key, ENVELOPE), PUBLICS)
    assert refused.value.code == "bad_sealed"


@pytest.mark.parametrize("length", [0, 28, 28 + 1023, 28 + 1025, 28 + 5 * 1024])
def test_an_envelope_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(InputError):
        read_posted(posted(wrapped(*PUBLICS), bytes(length)), PUBLICS)


@pytest.mark.parametrize("change", ["{}=", " {}", "{}.", "é{}", "{}A"])
def test_another_spelling_is_refused(change: str) -> None:
    with pytest.raises(InputError):
        read_posted(change.format(posted(wrapped(*PUBLICS), ENVELOPE)), PUBLICS)


def test_nothing_is_taken_where_nobody_could_open_it() -> None:
    with pytest.raises(InputError):
        read_posted(posted(b"\x02", ENVELOPE), ())
