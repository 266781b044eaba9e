"""Personal data in, an envelope that only the organiser's private key opens out.

HPKE (RFC 9180) with X25519, HKDF-SHA256 and AES-256-GCM:

    envelope = suite (1 byte) | key id (8 bytes) | encapsulated key (32) | ciphertext and tag

The plaintext is JSON filled up with spaces to a multiple of 1,024 bytes, so that its length
tells nothing. What an envelope belongs to is bound into HPKE's ``info``: one that is moved to
another row, or shown with other words of consent, does not open.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from json import JSONEncoder

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from .errors import SealError

PADDED_BYTES = 1024
_SUITE_ID = b"\x01"
_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_KEY_ID_BYTES = 8
_FIELDS = JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_BOUND = JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Context:
    """What an envelope belongs to: the row it is stored in, and the consent it was given with."""

    campaign: str
    visit: str
    reference: str
    consent: str | None


@dataclass(frozen=True, slots=True)
class KeyPair:
    """``private`` in PEM (PKCS #8, not encrypted), ``public`` as its 32 bytes."""

    private: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"KeyPair({key_id(self.public).hex()})"


def generate_key_pair() -> KeyPair:
    """A new pair for a campaign."""
    private = X25519PrivateKey.generate()
    return KeyPair(
        private=private.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        ),
        public=private.public_key().public_bytes_raw(),
    )


def load_private_key(pem: bytes) -> X25519PrivateKey:
    """Read what ``generate_key_pair`` made; raises SealError for anything else."""
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError):
        raise SealError("This is not a campaign's private key.") from None
    if not isinstance(key, X25519PrivateKey):
        raise SealError("This is a private key, but not a campaign's.")
    return key


def key_id(public: bytes) -> bytes:
    """A short name of a public key."""
    return sha256(public).digest()[:_KEY_ID_BYTES]


def seal(fields: Mapping[str, str], public: bytes, context: Context) -> bytes:
    """The fields in an envelope for the holder of the key, bound to the context."""
    name, key = _recipient(public)
    text = _FIELDS.encode(fields).encode()
    padded = text.ljust(-(-len(text) // PADDED_BYTES) * PADDED_BYTES)
    return _SUITE_ID + name + _SUITE.encrypt(padded, key, _info(context, name))


def open_(envelope: bytes, private: X25519PrivateKey, context: Context) -> dict[str, str]:
    """The fields of an envelope; raises SealError when key, context or bytes are not its own."""
    body = envelope.removeprefix(_SUITE_ID)
    name, sealed = body[:_KEY_ID_BYTES], body[_KEY_ID_BYTES:]
    if body == envelope:
        raise SealError("The envelope is not of a kind that this version opens.")
    if name != key_id(private.public_key().public_bytes_raw()):
        raise SealError(f"The envelope is sealed to another key, {name.hex()}.")
    try:
        fields = dict(json.loads(_SUITE.decrypt(sealed, private, _info(context, name))))
    except (InvalidTag, ValueError, TypeError):
        raise SealError("The envelope is damaged, or belongs to another submission.") from None
    return {str(field): str(value) for field, value in fields.items()}


@lru_cache(maxsize=64)
def _recipient(public: bytes) -> tuple[bytes, X25519PublicKey]:
    """The short name of a public key, and the key."""
    return key_id(public), X25519PublicKey.from_public_bytes(public)


def _info(context: Context, name: bytes) -> bytes:
    bound = [context.campaign, context.visit, context.reference, context.consent, name.hex()]
    return _SUITE_ID + _BOUND.encode(bound).encode()
