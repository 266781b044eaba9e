"""A private key's seed in, three shares of paper out; any two of them give it back.

Shamir's secret sharing in words (SLIP-39). One share alone tells nothing about the key.
"""

from collections.abc import Sequence

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics

from ..errors import SealError

SHARES = 3
NEEDED = 2


def split(seed: bytes) -> list[str]:
    """Three shares of 33 words each."""
    (shares,) = generate_mnemonics(1, [(NEEDED, SHARES)], seed)
    return list(shares)


def combine(shares: Sequence[str]) -> bytes:
    """The seed; raises SealError unless these are two different shares of the same one."""
    words = {" ".join(share.lower().split()) for share in shares}
    if len(words) != NEEDED:
        raise SealError(f"The recovery key needs {NEEDED} different shares, not {len(words)}.")
    try:
        return bytes(combine_mnemonics(sorted(words)))
    except MnemonicError as error:
        raise SealError(f"These shares do not fit: {error}") from None
