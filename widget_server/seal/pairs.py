"""A seed of 32 bytes -> a key pair that neither today's nor tomorrow's computers should break.

HKDF-SHA256 makes two private keys of the seed, one for X25519 and one for ML-KEM-768:

    public key = X25519 (32 bytes) | ML-KEM-768 (1,184 bytes)

A browser seals to the first part alone, the server to both at once (X-Wing): whoever would open
what the server has sealed must break both.
"""

import secrets
from base64 import b64decode, encodebytes
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import MLKEM768X25519PrivateKey, MLKEM768X25519PublicKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ..errors import SealError

SEED_BYTES = 32
KEY_ID_BYTES = 8
_X25519_BYTES = 32
PUBLIC_BYTES = _X25519_BYTES + 1184
_ML_KEM_SEED_BYTES = 64
_BEGIN = b"-----BEGIN THREESTEPS PRIVATE KEY-----"
_END = b"-----END THREESTEPS PRIVATE KEY-----"
_OF_ANOTHER_KIND = b"-----BEGIN PRIVATE KEY-----"


@dataclass(frozen=True, slots=True)
class KeyPair:
    """``private`` as the text of its file, ``public`` as its 1,216 bytes."""

    private: bytes
    public: bytes

    def __repr__(self) -> str:
        return f"KeyPair({key_id(self.public).hex()})"


@dataclass(frozen=True, slots=True)
class PrivateKey:
    """What opens a wrapped content key; ``id`` is the short name of its public key."""

    id: bytes
    public: bytes = field(repr=False)
    classical: X25519PrivateKey = field(repr=False)
    hybrid: MLKEM768X25519PrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom a content key is wrapped for."""

    id: bytes
    classical: X25519PublicKey
    hybrid: MLKEM768X25519PublicKey


def generate_key_pair() -> KeyPair:
    """A new pair for a campaign."""
    return pair_of_seed(secrets.token_bytes(SEED_BYTES))


def pair_of_seed(seed: bytes) -> KeyPair:
    """The pair that grows from a seed, always the same."""
    text = b"\n".join((_BEGIN, encodebytes(seed).strip(), _END, b""))
    return KeyPair(text, private_key(seed).public)


def load_private_key(text: bytes) -> PrivateKey:
    """Read what ``generate_key_pair`` made; raises SealError for anything else."""
    if _OF_ANOTHER_KIND in text:
        raise SealError(
            "This private key is of a version before this one, which opens nothing that it "
            "sealed. Make new keys with `threesteps campaign keys`."
        )
    _, begin, rest = text.partition(_BEGIN)
    body, end, _ = rest.partition(_END)
    try:
        seed = b64decode(b"".join(body.split()), validate=True)
    except ValueError:
        seed = b""
    if not begin or not end or len(seed) != SEED_BYTES:
        raise SealError("This is not a campaign's private key.")
    return private_key(seed)


def private_key(seed: bytes) -> PrivateKey:
    """The private keys that grow from a seed."""
    classical = X25519PrivateKey.from_private_bytes(
        _grow(seed, b"threesteps.x25519", _X25519_BYTES)
    )
    ml_kem = MLKEM768PrivateKey.from_seed_bytes(
        _grow(seed, b"threesteps.ml-kem-768", _ML_KEM_SEED_BYTES)
    )
    public = classical.public_key().public_bytes_raw() + ml_kem.public_key().public_bytes_raw()
    return PrivateKey(
        key_id(public), public, classical, MLKEM768X25519PrivateKey(ml_kem, classical)
    )


def key_id(public: bytes) -> bytes:
    """A short name of a public key."""
    return sha256(public).digest()[:KEY_ID_BYTES]


def is_public_key(public: bytes) -> bool:
    """Whether anything can be sealed to these bytes."""
    try:
        recipient(public)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=64)
def recipient(public: bytes) -> Recipient:
    """The holder of the other half of a public key."""
    classical = X25519PublicKey.from_public_bytes(public[:_X25519_BYTES])
    ml_kem = MLKEM768PublicKey.from_public_bytes(public[_X25519_BYTES:])
    return Recipient(key_id(public), classical, MLKEM768X25519PublicKey(ml_kem, classical))


def _grow(seed: bytes, purpose: bytes, length: int) -> bytes:
    return HKDF(SHA256(), length, salt=None, info=purpose).derive(seed)
