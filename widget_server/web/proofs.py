"""Work that a browser can show and nobody sees: a visit in; a challenge, or whether it is met, out.

A challenge asks for the one number, out of a hundred, from which a key is derived that begins as
we say. Finding it takes a tenth of a second of a computer, or a second of a slow phone; checking
it takes none. It is bound to the visit, which is stored once.
"""

import hmac
import secrets
import time
from collections.abc import Sequence
from typing import Any

from altcha import Payload, create_challenge, verify_solution

ALGORITHM = "PBKDF2/SHA-256"
#: The rounds of one derivation, and how many derivations it takes.
ROUNDS = 1_000
LEAST = 100
SPREAD = 100
GOOD_SECONDS = 600


class Proofs:
    """Makes and checks challenges; ``keys`` sign them, the newest last."""

    def __init__(self, keys: Sequence[bytes], rounds: int = ROUNDS) -> None:
        self._keys = [hmac.digest(key, b"threesteps.proof", "sha256") for key in keys]
        self._rounds = rounds

    def challenge(self, visit: str) -> dict[str, Any]:
        """What the browser of this visit has to do, as JSON."""
        key = self._keys[-1]
        return create_challenge(
            ALGORITHM,
            self._rounds,
            counter=LEAST + secrets.randbelow(SPREAD),
            expires_at=int(time.time()) + GOOD_SECONDS,
            data={"visit": visit},
            hmac_secret=key,
            hmac_key_secret=key,
        ).to_dict()

    def shows(self, proof: str, visit: str) -> bool:
        """Whether this is a challenge of ours for this visit, and its answer."""
        try:
            payload = Payload.from_base64(proof)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return False
        solved = any(
            verify_solution(payload, key, hmac_key_secret=key).verified for key in self._keys
        )
        return solved and payload.challenge.parameters.data == {"visit": visit}
