"""How long it takes from the command to the first answer."""

import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.serving import free_port, serving

from .measure import Measure

BOUND_SECONDS = 1.0
TIMES = 3


def measure() -> list[Measure]:
    """The best of three starts on the same folder, so that the database is there already."""
    with TemporaryDirectory() as folder:
        seconds = min(_seconds(Path(folder)) for _ in range(TIMES))
    return [Measure("start until ready", seconds, BOUND_SECONDS)]


def _seconds(home: Path) -> float:
    begin = time.perf_counter()
    with serving("serve", port=free_port(), home=home):
        return time.perf_counter() - begin
