"""What the geocoder said a while ago: a question in, its outcome out, the address nowhere.

Keys are HMACs under a salt that lives and dies with the process, so that nobody who reads the
memory later can learn or test an address.
"""

import hmac
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from ..find.geocoder import Located, NoMatch, Outcome, Question


class Memory:
    """The last ``size`` outcomes that are facts, each for ``seconds``."""

    def __init__(
        self,
        *,
        size: int = 1024,
        seconds: float = 3600,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._size = size
        self._seconds = seconds
        self._clock = clock
        self._salt = secrets.token_bytes(32)
        self._kept: OrderedDict[bytes, tuple[float, Outcome]] = OrderedDict()

    def recall(self, question: Question) -> Outcome | None:
        """What was said to the same question, however it was spelled; None when forgotten."""
        key = self._key(question)
        until, outcome = self._kept.get(key, (0.0, None))
        if outcome is None or until <= self._clock():
            self._kept.pop(key, None)
            return None
        self._kept.move_to_end(key)
        return outcome

    def keep(self, question: Question, outcome: Outcome) -> None:
        """Remember a match, or that there is none; an outage is worth no memory."""
        if not isinstance(outcome, Located | NoMatch):
            return
        self._kept[self._key(question)] = (self._clock() + self._seconds, outcome)
        if len(self._kept) > self._size:
            self._kept.popitem(last=False)

    def _key(self, question: Question) -> bytes:
        text = f"{question.vintage}\n{question.congress}\n{question.address.line.casefold()}"
        return hmac.digest(self._salt, text.encode(), "sha256")
