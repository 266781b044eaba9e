"""What five hundred slow sockets cost everybody else: a service and a crowd in, waits out."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Event

from tests.crowd import Crowd, crowd
from tests.serving import Served

from . import wrk
from .demo import demo
from .measure import Measure
from .widget import Widget

SLOW = 500
SECONDS = 3
DRIP_SECONDS = 1.0
OTHERS = 16
MOST_PEOPLE = 20_000
P99_BOUND_SECONDS = 1.0
LEFT_BOUND_SECONDS = 15.0
MEMORY_BOUND_BYTES = 512e6


def measure() -> list[Measure]:
    """How soon others are answered, when the last of the crowd is left, and the memory."""
    with demo() as served:
        return _measured(served)


def _measured(served: Served) -> list[Measure]:
    widget = Widget.of(served)
    document = replace(widget.document, connections=OTHERS)
    people = replace(widget.submit(MOST_PEOPLE), connections=OTHERS)
    with crowd(served.port, SLOW) as slow, _dripping(slow) as left:
        read = wrk.run(document, SECONDS).only(200).p99
        sent = wrk.run(people, SECONDS).only(201).p99
        seconds = left()
    among = f"among {SLOW} slow sockets"
    return [
        Measure(f"page, p99 {among}", read, P99_BOUND_SECONDS),
        Measure(f"submission, p99 {among}", sent, P99_BOUND_SECONDS),
        Measure("until the last slow socket is left", seconds, LEFT_BOUND_SECONDS),
        Measure(f"memory {among}", _peak_bytes(served), MEMORY_BOUND_BYTES, "bytes"),
    ]


@contextmanager
def _dripping(slow: Crowd) -> Iterator[Callable[[], float]]:
    """Let the crowd send on within the block; yields what waits for its end, in seconds."""
    begun, over = time.monotonic(), Event()

    def drip() -> float:
        while slow.size and not over.wait(DRIP_SECONDS):
            slow.drip()
        return time.monotonic() - begun

    with ThreadPoolExecutor(1) as thread:
        ended = thread.submit(drip)
        try:
            yield lambda: ended.result(2 * LEFT_BOUND_SECONDS)
        finally:
            over.set()


def _peak_bytes(served: Served) -> float:
    """The most memory that the service has had."""
    state = Path(f"/proc/{served.process.pid}/status").read_text()
    return next(
        float(line.split()[1]) * 1024 for line in state.splitlines() if line.startswith("VmHWM")
    )
