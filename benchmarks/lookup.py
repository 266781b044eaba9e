"""What a look-up in the packaged tables costs within the process: time, and memory."""

import timeit
import tracemalloc
from datetime import UTC, datetime

from widget_server.find.roster import Roster
from widget_server.find.tables import read_tables

from .measure import Measure

BOUND_SECONDS = 5e-6
BOUND_BYTES = 15e6
TIMES = 20_000
ZIPS = {
    "a ZIP in one district": "94110",
    "a ZIP in two states": "57638",
    "the ZIP of a delegate": "20001",
    "a ZIP that does not exist": "00000",
}


def measure() -> list[Measure]:
    """The best of five runs for each kind of ZIP, and the memory once each ZIP was asked for."""
    roster = Roster.load()
    return [
        *(
            Measure(f"look up {name}", _seconds(roster, code), BOUND_SECONDS)
            for name, code in ZIPS.items()
        ),
        Measure("the tables in memory, every ZIP asked", _bytes(), BOUND_BYTES, "bytes"),
    ]


def _seconds(roster: Roster, code: str) -> float:
    now = datetime.now(UTC)
    return min(timeit.repeat(lambda: roster.lookup(code, now), number=TIMES, repeat=5)) / TIMES


def _bytes() -> int:
    codes, now = list(read_tables().zips), datetime.now(UTC)
    tracemalloc.start()
    try:
        roster = Roster.load()
        for code in codes:
            roster.lookup(code, now)
        return tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
