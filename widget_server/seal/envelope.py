"""Fields and a content key -> an envelope that opens in its own row only.

    envelope = nonce (12 bytes) | AES-256-GCM of the fields

The fields are JSON filled up with spaces to a multiple of 1,024 bytes, so that the length tells
nothing. What an envelope belongs to is bound in: one that is moved to another row, shown with
other words of consent or beside another wrapped key does not open.
"""

import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from json import JSONEncoder

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from ..errors import SealError
from .content_key import ContentKey

PADDED_BYTES = 1024
NONCE_BYTES = 12
TAG_BYTES = 16
_FIELDS = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_BOUND = JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Context:
    """What an envelope belongs to: the row it is stored in, and the consent it was given with."""

    campaign: str
    visit: str
    reference: str
    consent: str | None


def seal(fields: Mapping[str, str], key: ContentKey, context: Context) -> bytes:
    """The fields in an envelope for whom the key is wrapped for, bound to the context."""
    text = _FIELDS.encode(fields).encode()
    padded = text.ljust(-(-len(text) // PADDED_BYTES) * PADDED_BYTES)
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key.secret).encrypt(nonce, padded, bound(context, key))


def open_(envelope: bytes, key: ContentKey, context: Context) -> dict[str, str]:
    """The fields of an envelope; raises SealError when key, context or bytes are not its own."""
    nonce, sealed = envelope[:NONCE_BYTES], envelope[NONCE_BYTES:]
    try:
        text = AESGCM(key.secret).decrypt(nonce, sealed, bound(context, key))
    except (InvalidTag, ValueError):
        raise SealError("The envelope is damaged, or belongs to another submission.") from None
    return _fields(text)


def _fields(text: bytes) -> dict[str, str]:
    """What was typed. A browser can seal anything, and nobody has looked at it until now."""
    try:
        fields = json.loads(text)
        "".join(fields.values()).encode()  # a lone surrogate is no text
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise SealError("What is in the envelope is not what people type into a form.") from None
    return dict(fields)


def bound(context: Context, key: ContentKey) -> bytes:
    """What an envelope is bound to: its row, its consent and its key, as both sides spell it."""
    row = [context.campaign, context.visit, context.reference, context.consent]
    return _BOUND.encode(["threesteps.envelope", *row, key.id.hex()]).encode()
