"""How often somebody may ask: a name in; whether it is too soon, out."""

import time
from collections import OrderedDict, deque
from collections.abc import Callable

MOST = 5
SECONDS = 60.0
_NAMES_KEPT = 4096


class Pace:
    """So many times in so many seconds for each name, in this process."""

    def __init__(
        self,
        most: int = MOST,
        seconds: float = SECONDS,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._times: OrderedDict[str, deque[float]] = OrderedDict()

    def allows(self, name: str) -> bool:
        """Whether this once more is not too often; if so, it counts."""
        now, times = self._clock(), self._times.setdefault(name, deque())
        self._times.move_to_end(name)
        if len(self._times) > _NAMES_KEPT:
            self._times.popitem(last=False)
        while times and times[0] <= now - self._seconds:
            times.popleft()
        if len(times) >= self._most:
            return False
        times.append(now)
        return True
