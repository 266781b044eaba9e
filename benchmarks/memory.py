"""How much memory the service has in use: when it is idle, and after it was busy."""

import sys
from dataclasses import replace
from pathlib import Path

from tests.serving import Served

from .demo import MOST_SUBMISSIONS, demo
from .measure import Measure
from .widget import Widget
from .wrk import Load, run

SECONDS = 5
CONNECTIONS = 64
#: What it may take even when five times as much comes as it can do.
MOST_BYTES = 512e6


def measure() -> list[Measure]:
    """Its resident memory, in the order in which it comes to be."""
    print("Memory: half a minute ...", file=sys.stderr)
    with demo() as served:
        widget = Widget.of(served)
        idle = _bytes(served, "VmRSS")
        _ask(widget.document, 200)
        _ask(widget.find(), 200)
        asked = _bytes(served, "VmRSS")
        _ask(widget.submit(SECONDS * MOST_SUBMISSIONS), 201)
        most = _bytes(served, "VmHWM")
    return [
        Measure("memory, idle", idle, None, "bytes"),
        Measure("memory, after views and finds at full speed", asked, None, "bytes"),
        Measure("memory, the most it ever was, submissions too", most, MOST_BYTES, "bytes"),
    ]


def _ask(load: Load, status: int) -> None:
    run(replace(load, connections=CONNECTIONS), SECONDS).only(status)


def _bytes(served: Served, name: str) -> int:
    """What the kernel says of the service, in this line of its status."""
    lines = Path(f"/proc/{served.process.pid}/status").read_text().splitlines()
    (value,) = (line for line in lines if line.startswith(f"{name}:"))
    return int(value.split()[1]) * 1024
