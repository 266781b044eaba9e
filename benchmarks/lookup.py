"""How long it takes to look a ZIP up in the packaged tables, within the process."""

import timeit
from datetime import UTC, datetime

from widget_server.find.roster import Roster

from .measure import Measure

BOUND_SECONDS = 5e-6
TIMES = 20_000
ZIPS = {
    "a ZIP in one district": "94110",
    "a ZIP in two states": "57638",
    "the ZIP of a delegate": "20001",
    "a ZIP that does not exist": "00000",
}


def measure() -> list[Measure]:
    """The best of five runs for each kind of ZIP."""
    roster = Roster.load()
    return [
        Measure(f"look up {name}", _seconds(roster, code), BOUND_SECONDS)
        for name, code in ZIPS.items()
    ]


def _seconds(roster: Roster, code: str) -> float:
    now = datetime.now(UTC)
    return min(timeit.repeat(lambda: roster.lookup(code, now), number=TIMES, repeat=5)) / TIMES
