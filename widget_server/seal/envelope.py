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
    return nonce + AESGCM(key.secret).encrypt(nonce, padded, _bound(context, key))


def open_(envelope: bytes, key: ContentKey, context: Context) -> dict[str, str]:
    """The fields of an envelope; raises SealError when key, context or bytes are not its own."""
    nonce, sealed = envelope[:NONCE_BYTES], envelope[NONCE_BYTES:]
    try:
        text = AESGCM(key.secret).decrypt(nonce, sealed, _bound(context, key))
        fields = dict(json.loads(text))
    except (InvalidTag, ValueError, TypeError):
        raise SealError("The envelope is damaged, or belongs to another submission.") from None
    return {str(field): str(value) for field, value in fields.items()}


def _bound(context: Context, key: ContentKey) -> bytes:
    row = [context.campaign, context.visit, context.reference, context.consent]
    return _BOUND.encode(["threesteps.envelope", *row, key.id.hex()]).encode()
