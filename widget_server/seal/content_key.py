"""The key that closes envelopes, wrapped for everybody who may open them.

    wrapped = version (0x02) | for each recipient:
              suite (1 byte) | key id (8 bytes) | length of the rest (2 bytes) | HPKE of the key

HPKE (RFC 9180) with HKDF-SHA256 and AES-256-GCM, in two suites: a browser uses X25519 alone,
the server MLKEM768_X25519 (X-Wing). Campaign and key id are bound into HPKE's ``info``. What is
wrapped is named by its digest, and that name is bound into every envelope.
"""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from json import JSONEncoder

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from ..errors import SealError
from .pairs import KEY_ID_BYTES, PrivateKey, recipient

SECRET_BYTES = 32
ID_BYTES = 16
VERSION = b"\x02"
SUITE_BROWSER = 1
SUITE_HYBRID = 2
_CLASSICAL = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_HYBRID = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
#: Of the encapsulated key, and of the content key with its tag.
_SEALED_BYTES = {SUITE_BROWSER: 32 + SECRET_BYTES + 16, SUITE_HYBRID: 1120 + SECRET_BYTES + 16}
_LENGTH_BYTES = 2
_HEAD_BYTES = 1 + KEY_ID_BYTES + _LENGTH_BYTES
_BOUND = JSONEncoder(separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class ContentKey:
    """A key that closes envelopes, and what is stored of it."""

    secret: bytes = field(repr=False)
    wrapped: bytes = field(repr=False)

    @property
    def id(self) -> bytes:
        """What the rows that it closes are marked with."""
        return content_key_id(self.wrapped)


@dataclass(frozen=True, slots=True)
class Wrap:
    """A content key as one recipient gets it: ``suite`` says how, ``key_id`` for whom."""

    suite: int
    key_id: bytes
    sealed: bytes


def content_key_id(wrapped: bytes) -> bytes:
    """The name of a wrapped key, from which nothing can be told."""
    return sha256(wrapped).digest()[:ID_BYTES]


def new_content_key(campaign: str, publics: Sequence[bytes]) -> ContentKey:
    """A fresh key, wrapped for the holders of these public keys."""
    secret = secrets.token_bytes(SECRET_BYTES)
    return ContentKey(secret, VERSION + b"".join(_wrap(secret, campaign, key) for key in publics))


def unwrap(wrapped: bytes, campaign: str, privates: Sequence[PrivateKey]) -> ContentKey:
    """The key inside, with whichever of these opens it.

    Raises SealError when it is damaged, wrapped for others, or of another campaign.
    """
    found = wraps(wrapped)
    for private in privates:
        for each in found:
            if each.key_id == private.id:
                return ContentKey(_opened(each, campaign, private), wrapped)
    names = " and ".join(each.key_id.hex() for each in found)
    raise SealError(f"The envelope is sealed to another key, {names}.")


def wraps(wrapped: bytes) -> tuple[Wrap, ...]:
    """What each recipient gets; raises SealError unless all of it is of the one right form."""
    if not wrapped.startswith(VERSION):
        raise SealError("The envelope is not of a kind that this version opens.")
    found = tuple(_split(wrapped[len(VERSION) :]))
    if not found:
        raise SealError("The envelope is sealed to nobody.")
    return found


def _split(body: bytes) -> Iterator[Wrap]:
    while body:
        suite, name = body[0], body[1 : 1 + KEY_ID_BYTES]
        length = int.from_bytes(body[_HEAD_BYTES - _LENGTH_BYTES : _HEAD_BYTES])
        sealed, body = body[_HEAD_BYTES : _HEAD_BYTES + length], body[_HEAD_BYTES + length :]
        if len(sealed) != length or length != _SEALED_BYTES.get(suite):
            raise SealError("What opens the envelope is damaged.")
        yield Wrap(suite, name, sealed)


def _opened(wrap: Wrap, campaign: str, private: PrivateKey) -> bytes:
    info = _info(campaign, private.id)
    try:
        if wrap.suite == SUITE_HYBRID:
            return _HYBRID.decrypt(wrap.sealed, private.hybrid, info)
        return _CLASSICAL.decrypt(wrap.sealed, private.classical, info)
    except (InvalidTag, ValueError):
        raise SealError("What opens the envelope is damaged, or of another campaign.") from None


def _wrap(secret: bytes, campaign: str, public: bytes) -> bytes:
    holder = recipient(public)
    sealed = _HYBRID.encrypt(secret, holder.hybrid, _info(campaign, holder.id))
    length = len(sealed).to_bytes(_LENGTH_BYTES)
    return bytes((SUITE_HYBRID,)) + holder.id + length + sealed


def _info(campaign: str, name: bytes) -> bytes:
    return _BOUND.encode(["threesteps.content-key", campaign, name.hex()]).encode()
