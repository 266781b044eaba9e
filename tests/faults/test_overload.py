"""Five times as many submissions as the service can take: what it cannot take, it says so."""

import asyncio
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.flood import Flood
from tests.faults.installation import Installation
from tests.faults.passages import Passage
from tests.faults.promises import Promises, judge
from tests.faults.visitors import Visitors
from tests.serving import Served

pytestmark = pytest.mark.soak

TIMES_CAPACITY = 5
#: Each is an open file of this process, and one of the service.
MOST_CONNECTIONS = 4_000
MOST_MEGABYTES = 512
NORMAL_WITHIN_SECONDS = 10
NORMAL_ANSWER_SECONDS = 1


def test_an_overload_is_shed_and_soon_forgotten(
    installation: Installation, soaking: bool, figure: Callable[[str], None]
) -> None:
    with installation.serving() as served:
        before, rate = capacity(installation, served, 10 if soaking else 2)
        crowd = int(TIMES_CAPACITY * rate)
        flood = Flood(served.origin, strangers(installation), min(crowd, MOST_CONNECTIONS))
        asyncio.run(flood.run(crowd, 60 if soaking else 4))
        after = Visitors(installation, [served.origin], seed=2)
        with after.submitting() as normal:
            normal.wait_for(201, 200, seconds=NORMAL_WITHIN_SECONDS)
        megabytes = peak_megabytes(served)
        verdict = judge(installation, before, flood.promises, normal)
    figure(
        f"{rate:.0f}/s can be served, {flood.sent + flood.held} came, {flood.sent} were sent: "
        f"{flood.promises.statuses}, {flood.promises.unanswered} without an answer, {verdict}, "
        f"at most {megabytes:.0f} MB, the last answer {flood.drained_seconds:.1f} s later, "
        f"then none after more than {normal.slowest_seconds:.1f} s"
    )
    assert verdict.good
    assert flood.promises.faults + normal.faults == []
    assert megabytes < MOST_MEGABYTES
    assert flood.drained_seconds < NORMAL_WITHIN_SECONDS
    assert normal.slowest_seconds < NORMAL_ANSWER_SECONDS


def capacity(installation: Installation, served: Served, seconds: float) -> tuple[Promises, float]:
    """How many a second are thanked when so many come that the service is never idle."""
    visitors = Visitors(installation, [served.origin], seed=1, count=32)
    with visitors.submitting() as promises:
        promises.wait_for(201, seconds=5)
        before = promises.statuses[201]
        time.sleep(seconds)
        rate = (promises.statuses[201] - before) / seconds
    return promises, rate


def strangers(installation: Installation) -> Iterator[Passage]:
    """Different people without end."""
    number = 0
    while True:
        number += 1
        yield Passage.of(installation, f"n-{number}", installation.partners[0], f"n-{number}")


def peak_megabytes(served: Served) -> float:
    """The most memory that each of the service's processes has had, in all."""
    states = (Path(f"/proc/{number}/status").read_text() for number in served.processes())
    lines = (line for state in states for line in state.splitlines())
    return sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
