"""Personal data in, an envelope that only the organiser's private key opens out.

    fields + content key + Context -> envelope      stored in the row of the submission
    content key + public keys      -> wrapped       stored once for all the rows that it closes

``pairs`` makes the keys of organisers, ``content_key`` wraps what closes envelopes for them,
``envelope`` closes and opens, ``in_use`` says when it is time for another content key, ``posted``
reads what a browser has sealed.
"""

from .content_key import (
    SUITE_BROWSER,
    SUITE_HYBRID,
    ContentKey,
    Wrap,
    content_key_id,
    new_content_key,
    unwrap,
    wraps,
)
from .envelope import PADDED_BYTES, Context, open_, seal
from .in_use import ContentKeys
from .pairs import (
    PUBLIC_BYTES,
    SEED_BYTES,
    KeyPair,
    PrivateKey,
    generate_key_pair,
    is_public_key,
    key_id,
    load_private_key,
    pair_of_seed,
    private_key,
)
from .posted import Sealed, read_posted

__all__ = [
    "PADDED_BYTES",
    "PUBLIC_BYTES",
    "SEED_BYTES",
    "SUITE_BROWSER",
    "SUITE_HYBRID",
    "ContentKey",
    "ContentKeys",
    "Context",
    "KeyPair",
    "PrivateKey",
    "Sealed",
    "Wrap",
    "content_key_id",
    "generate_key_pair",
    "is_public_key",
    "key_id",
    "load_private_key",
    "new_content_key",
    "open_",
    "pair_of_seed",
    "private_key",
    "read_posted",
    "seal",
    "unwrap",
    "wraps",
]
