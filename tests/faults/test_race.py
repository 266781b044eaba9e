"""Two services on one PostgreSQL, asked for the same thing at the same moment."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.faults.installation import Installation
from tests.faults.passages import Passage
from tests.faults.promises import Promises, judge
from tests.faults.wire import Wire

pytestmark = pytest.mark.soak

RACES_AT_ONCE = 8

Pairs = Iterator[tuple[Passage, Passage]]


@pytest.fixture
def installation(tmp_path: Path, postgres_url: str) -> Installation:
    return Installation.make(tmp_path / "home", postgres_url)


@pytest.fixture
def origins(installation: Installation) -> Iterator[Sequence[str]]:
    """Two services of the same installation."""
    with ExitStack() as stack:
        yield [stack.enter_context(installation.serving()).origin for _ in range(2)]


@pytest.fixture
def races(soaking: bool) -> int:
    return 10_000 if soaking else 300


async def _run(origins: Sequence[str], pairs: Pairs, promises: Promises) -> None:
    """Send one of each pair to the one service, and the other to the other."""

    async def race_on() -> None:
        with Wire(origins[0]) as here, Wire(origins[1]) as there:
            for one, other in pairs:
                await asyncio.gather(one.submit(here, promises), other.submit(there, promises))

    await asyncio.gather(*(race_on() for _ in range(RACES_AT_ONCE)))


def race(origins: Sequence[str], pairs: Pairs) -> Promises:
    """Race them all, some at a time."""
    promises = Promises()
    asyncio.run(_run(origins, pairs, promises))
    return promises


def test_the_same_visit_raced_to_two_services_is_one_row(
    installation: Installation,
    origins: Sequence[str],
    races: int,
    figure: Callable[[str], None],
) -> None:
    partner = installation.partners[0]
    visits = (Passage.of(installation, str(n), partner, f"ana-{n}") for n in range(races))
    promises = race(origins, ((visit, visit) for visit in visits))
    verdict = judge(installation, promises)
    figure(f"the same visit to two services: {verdict}, {promises.statuses}")
    assert promises.faults == []
    assert promises.statuses == {201: races, 200: races}
    assert verdict.good


def test_the_same_person_raced_to_two_services_is_one_supporter(
    installation: Installation,
    origins: Sequence[str],
    races: int,
    figure: Callable[[str], None],
) -> None:
    harbor, lion = installation.partners
    promises = race(
        origins,
        (
            (
                Passage.of(installation, f"{n}-harbor", harbor, f"ben-{n}"),
                Passage.of(installation, f"{n}-lion", lion, f"ben-{n}"),
            )
            for n in range(races)
        ),
    )
    verdict = judge(installation, promises)
    figure(f"the same person to two services: {verdict}, {promises.statuses}")
    assert promises.faults == []
    assert promises.statuses == {201: 2 * races}
    assert verdict.good
