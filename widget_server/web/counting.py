"""How often something came up lately: a key in, its number in this period out.

Periods are the clock's, so that several processes speak of the same one.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from heapq import nlargest
from operator import itemgetter
from typing import Generic, TypeVar

PERIOD_SECONDS = 600
MOST_KEYS = 100_000

Key = TypeVar("Key", bound=Hashable)


class Counts(Generic[Key]):
    """The numbers of one period; with the next they begin anew. Of too many keys the oldest go."""

    def __init__(self, most: int = MOST_KEYS, now: Callable[[], float] = time.time) -> None:
        self._most = most
        self._now = now
        self._numbers: OrderedDict[Key, int] = OrderedDict()
        self._elsewhere: dict[Key, int] = {}
        self.period = 0

    def add(self, key: Key) -> int:
        """Count once more; how often that is now, in all processes."""
        self.turn()
        number = self._numbers[key] = self._numbers.get(key, 0) + 1
        if len(self._numbers) > self._most:
            self._numbers.popitem(last=False)
        return number + self._elsewhere.get(key, 0)

    def at_least(self, number: int, most: int = MOST_KEYS) -> dict[Key, int]:
        """What came up so often here, in the period that is; the highest ``most`` of it."""
        self.turn()
        often = [(key, n) for key, n in self._numbers.items() if n >= number]
        return dict(nlargest(most, often, key=itemgetter(1)))

    def learn(self, period: int, elsewhere: dict[Key, int]) -> None:
        """How often it came up in other processes, if that period is not over."""
        if period == self.period:
            self._elsewhere = elsewhere

    def turn(self) -> None:
        """Let go of a period that is over."""
        period = int(self._now()) // PERIOD_SECONDS
        if period != self.period:
            self.period = period
            self._numbers, self._elsewhere = OrderedDict(), {}
