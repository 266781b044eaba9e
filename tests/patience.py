"""Waiting for what happens by itself: a question in, whether it became true out."""

import time
from collections.abc import Callable

#: What takes a moment takes seconds where the machine is busy.
PATIENCE_SECONDS = 20.0


def becomes(true: Callable[[], bool], within_seconds: float = PATIENCE_SECONDS) -> bool:
    """Ask until it is so, and once more when the time is over."""
    deadline = time.monotonic() + within_seconds
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.03)
    return true()
