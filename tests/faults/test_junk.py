"""Junk moves no honest number, and keeps nobody honest from being counted."""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from statistics import quantiles

import pytest

from tests.faults.installation import CAMPAIGN, Installation
from tests.faults.junk import Junk
from tests.faults.passages import Passage
from tests.faults.promises import Promises
from tests.faults.wire import Wire
from tests.serving import Served

pytestmark = pytest.mark.soak

ADDRESSES = [f"127.0.1.{number}" for number in range(1, 51)]
#: In the short form fewer send fewer; each still sends more than people do.
FEWER = ADDRESSES[:20]
HONEST_AT_ONCE = 4
#: Of all addresses together: in the long form one a second from each, in the short in a hurry.
JUNK_A_SECOND, HURRIED = 50, 200
#: Until the rows of an address that has tripped are marked.
MARKED_SECONDS = 2.5


def test_junk_is_taken_back_and_the_honest_stay(
    installation: Installation, soaking: bool, figure: Callable[[str], None]
) -> None:
    addresses, number, honest = (ADDRESSES, 200, 2_000) if soaking else (FEWER, 50, 200)
    seconds = number * len(addresses) / (JUNK_A_SECOND if soaking else HURRIED)
    promises, half = Promises(), honest // 2
    with installation.serving(THREESTEPS_LIMITS="on") as served, elsewhere() as process:
        calm = honest_p99(installation, served, promises, range(half), seconds)
        junk = Junk.of(installation, served.origin, addresses, number, honest)
        flood = process.submit(junk.flood, seconds / number)
        busy = honest_p99(installation, served, promises, range(half, honest), seconds)
        statuses = flood.result()
        before = supporters(served)
        time.sleep(MARKED_SECONDS)
        said = served.command("invalidate", CAMPAIGN, "--signs", "many", "--yes")
        after = supporters(served)
    figure(
        f"{number * len(addresses)} of junk from {len(addresses)} addresses: "
        f"{dict(statuses)}; honest {dict(promises.statuses)}; supporters {before}, "
        f"after invalidate {after}; "
        f"p99 of the honest {calm * 1000:.0f} ms, during the junk {busy * 1000:.0f} ms"
    )
    assert promises.statuses == {201: honest}
    assert promises.faults == []
    assert "invalidated" in said
    assert list(after.values()) == [half, half]
    assert "equals a recount" in served.command("recount")


@contextmanager
def elsewhere() -> Iterator[ProcessPoolExecutor]:
    """A process that runs already: what junk costs its sender keeps nobody honest waiting here."""
    with ProcessPoolExecutor(1, get_context("spawn")) as process:
        process.submit(time.sleep, 0).result()
        yield process


def honest_p99(
    installation: Installation,
    served: Served,
    promises: Promises,
    people: Sequence[int],
    seconds: float,
) -> float:
    """These come, each from home and a few at once, in so many seconds: the p99 of their wait."""
    pause, waiting, waited = seconds * HONEST_AT_ONCE / len(people), iter(people), list[float]()

    async def one_after_another() -> None:
        for person in waiting:
            partner = installation.partners[person % 2]
            passage = Passage.of(installation, f"h-{person}", partner, f"honest-{person}")
            with Wire(served.origin, f"127.0.{2 + person // 250}.{1 + person % 250}") as wire:
                begun = time.monotonic()
                await passage.submit(wire, promises)
                waited.append(time.monotonic() - begun)
            await asyncio.sleep(pause)

    async def all_of_them() -> None:
        await asyncio.gather(*(one_after_another() for _ in range(HONEST_AT_ONCE)))

    asyncio.run(all_of_them())
    return quantiles(waited, n=100)[-1]


def supporters(served: Served) -> dict[str, int]:
    """Of each partner."""
    reports = served.counts("--campaign", CAMPAIGN)
    return {each["partner"]: each["totals"]["supporters"] for each in reports}
