"""What a browser sealed and posted, judged by its form: nobody here can open it.

base64url(wrapped) "." base64url(envelope)
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import dataclass, field

from ..errors import InputError, SealError
from .content_key import SUITE_BROWSER, content_key_id, wraps
from .envelope import NONCE_BYTES, PADDED_BYTES, TAG_BYTES
from .pairs import key_id

#: The longest name and address that are taken fill fewer.
MOST_PADDED = 4


@dataclass(frozen=True, slots=True)
class Sealed:
    """An envelope, and the wrapped key that opens it."""

    wrapped: bytes = field(repr=False)
    envelope: bytes = field(repr=False)

    @property
    def content_key(self) -> bytes:
        """The name of the wrapped key."""
        return content_key_id(self.wrapped)


def read_posted(text: str, publics: Sequence[bytes]) -> Sealed:
    """The two halves, sealed to the holders of exactly these keys; raises InputError."""
    try:
        wrapped, envelope = (_decoded(half) for half in text.split("."))
        found = [(each.suite, each.key_id) for each in wraps(wrapped)]
    except (ValueError, SealError):
        raise _bad() from None
    wanted = [(SUITE_BROWSER, key_id(public)) for public in publics]
    padded, rest = divmod(len(envelope) - NONCE_BYTES - TAG_BYTES, PADDED_BYTES)
    if found != wanted or rest or not 1 <= padded <= MOST_PADDED:
        raise _bad()
    return Sealed(wrapped, envelope)


def _decoded(half: str) -> bytes:
    """Without padding, and in the one spelling that such bytes have."""
    decoded = urlsafe_b64decode(half.encode("ascii") + b"=" * (-len(half) % 4))
    if urlsafe_b64encode(decoded).rstrip(b"=") != half.encode():
        raise ValueError
    return decoded


def _bad() -> InputError:
    return InputError({"sealed": "bad_sealed"})
