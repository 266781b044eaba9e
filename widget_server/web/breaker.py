"""Failures of another service in; whether it should be asked at all, out."""

import time
from collections.abc import Callable


class Breaker:
    """Opens after ``failures`` in a row; while open it lets one attempt through each pause."""

    def __init__(
        self,
        *,
        failures: int = 4,
        pause_seconds: float = 30,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._limit = failures
        self._pause_seconds = pause_seconds
        self._clock = clock
        self._failures = 0
        self._silent_until_seconds = 0.0

    @property
    def is_open(self) -> bool:
        """Whether the last attempts all failed."""
        return self._failures >= self._limit

    def lets_through(self) -> bool:
        """Whether to try now. While open, a yes is the only one of this pause."""
        if not self.is_open:
            return True
        if self._clock() < self._silent_until_seconds:
            return False
        self._begin_pause()
        return True

    def succeeded(self) -> None:
        """The service answered: all is well again."""
        self._failures = 0

    def failed(self) -> None:
        """One more failure; enough of them open the breaker."""
        self._failures += 1
        if self.is_open:
            self._begin_pause()

    def _begin_pause(self) -> None:
        self._silent_until_seconds = self._clock() + self._pause_seconds
