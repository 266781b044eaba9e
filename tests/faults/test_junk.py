"""Junk moves no honest number, and keeps nobody honest from being counted."""

import asyncio
import time
from collections.abc import Callable, Iterable
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
#: Honest people, each at home.
HONEST = 200
HONEST_AT_ONCE = 4
PAUSE_SECONDS = 0.1
#: Of all addresses together.
JUNK_A_SECOND = 200
#: Until the rows of an address that has tripped are marked.
MARKED_SECONDS = 2.5


def test_junk_is_taken_back_and_the_honest_stay(
    installation: Installation, soaking: bool, figure: Callable[[str], None]
) -> None:
    addresses, number = (ADDRESSES, 200) if soaking else (FEWER, 50)
    with installation.serving(THREESTEPS_LIMITS="on") as served:
        junk = Junk(installation, served.origin, HONEST)
        calm, busy, promises = asyncio.run(weather(installation, served, junk, addresses, number))
        before = supporters(served)
        time.sleep(MARKED_SECONDS)
        said = served.command("invalidate", CAMPAIGN, "--signs", "many", "--yes")
        after = supporters(served)
    figure(
        f"{number * len(addresses)} of junk from {len(addresses)} addresses: "
        f"{dict(junk.statuses)}; honest {dict(promises.statuses)}; supporters {before}, "
        f"after invalidate {after}; "
        f"p99 of the honest {calm * 1000:.0f} ms, during the junk {busy * 1000:.0f} ms"
    )
    assert promises.statuses == {201: HONEST}
    assert promises.faults == []
    assert "invalidated" in said
    assert list(after.values()) == [HONEST // 2, HONEST // 2]
    assert "equals a recount" in served.command("recount")


async def weather(
    installation: Installation, served: Served, junk: Junk, addresses: list[str], number: int
) -> tuple[float, float, Promises]:
    """Honest people in calm and then amid junk: the p99 of both, and what they were promised."""
    promises, pause = Promises(), len(addresses) / JUNK_A_SECOND
    home = iter(range(1, HONEST + 1))
    half = HONEST // 2
    calm = await come(installation, served, promises, [next(home) for _ in range(half)])
    _, busy = await asyncio.gather(
        asyncio.gather(*(junk.post(each, number, pause) for each in addresses)),
        come(installation, served, promises, list(home)),
    )
    return calm, busy, promises


async def come(
    installation: Installation, served: Served, promises: Promises, people: Iterable[int]
) -> float:
    """People come, a few at once; the p99 of their answers in seconds."""
    waiting, seconds = iter(people), list[float]()

    async def one_after_another() -> None:
        for person in waiting:
            partner = installation.partners[person % 2]
            passage = Passage.of(installation, f"h-{person}", partner, f"honest-{person - 1}")
            with Wire(served.origin, f"127.0.2.{person}") as wire:
                begun = time.monotonic()
                await passage.submit(wire, promises)
                seconds.append(time.monotonic() - begun)
            await asyncio.sleep(PAUSE_SECONDS)

    await asyncio.gather(*(one_after_another() for _ in range(HONEST_AT_ONCE)))
    return quantiles(seconds, n=100)[-1]


def supporters(served: Served) -> dict[str, int]:
    """Of each partner."""
    reports = served.counts("--campaign", CAMPAIGN)
    return {each["partner"]: each["totals"]["supporters"] for each in reports}
