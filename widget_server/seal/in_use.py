"""The content key that a campaign's next envelope is closed with: one for a moment, not for good.

Wrapping for two recipients costs as much as a third of a submission; shared by those of the same
second it costs nothing. What a thief of this process's memory can open is that second.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from .content_key import ContentKey, new_content_key

#: An envelope more than this, or a second later, the next key.
USES = 256
_SECONDS = 1.0


@dataclass(slots=True)
class _InUse:
    key: ContentKey
    publics: Sequence[bytes]
    since: float
    uses: int = 0


@dataclass(slots=True)
class ContentKeys:
    """A content key a campaign; ``clock`` counts seconds."""

    clock: Callable[[], float] = monotonic
    _in_use: dict[str, _InUse] = field(default_factory=dict, init=False, repr=False)
    _lock: Lock = field(default_factory=Lock, init=False, repr=False)

    def current(self, campaign: str, publics: Sequence[bytes]) -> ContentKey:
        """The key to close one more envelope with, wrapped for the holders of these keys."""
        with self._lock:
            found = self._in_use.get(campaign)
            if found is None or self._is_over(found, publics):
                found = _InUse(new_content_key(campaign, publics), publics, self.clock())
                self._in_use[campaign] = found
            found.uses += 1
            return found.key

    def forget(self) -> None:
        """Close nothing more with any of them: nobody might come for a long time."""
        with self._lock:
            self._in_use.clear()

    def _is_over(self, found: _InUse, publics: Sequence[bytes]) -> bool:
        old = self.clock() - found.since >= _SECONDS
        return old or found.uses >= USES or found.publics != publics
