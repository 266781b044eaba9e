"""A service, and its database, that end at random moments: what was acknowledged is kept, once."""

import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.installation import Installation
from tests.faults.promises import judge
from tests.faults.visitors import Visitors
from tests.postgres import database, postgres
from tests.serving import free_port

pytestmark = pytest.mark.soak

RECOVERS_WITHIN_SECONDS = 10


@pytest.mark.parametrize("seed", [2026])
def test_a_service_killed_at_random_moments_loses_nothing_it_acknowledged(
    installation: Installation, seed: int, soaking: bool, figure: Callable[[str], None]
) -> None:
    kills = 100 if soaking else 5
    chance, port = random.Random(seed), free_port()
    visitors = Visitors(installation, [f"http://127.0.0.1:{port}"], seed)
    with visitors.submitting() as promises:
        for _ in range(kills):
            with installation.serving(port) as served:
                time.sleep(chance.uniform(0, 0.8))
                served.kill()
    verdict = judge(installation, promises)
    figure(f"{kills} kills of the service on SQLite: {verdict}, {promises.statuses}")
    with installation.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar_one() == "ok"
    assert verdict.good
    assert promises.faults == []
    assert promises.statuses[201] > kills


@pytest.mark.parametrize("seed", [2026])
def test_a_postgresql_stopped_at_random_moments_loses_nothing_that_was_acknowledged(
    tmp_path: Path, seed: int, soaking: bool, figure: Callable[[str], None]
) -> None:
    stops = 20 if soaking else 2
    chance = random.Random(seed)
    with postgres() as server, database(server.url) as url:
        installation = Installation.make(tmp_path / "home", url)
        with installation.serving() as served:
            visitors = Visitors(installation, [served.origin], seed)
            with visitors.submitting() as promises:
                for _ in range(stops):
                    time.sleep(chance.uniform(0.3, 1.5))
                    server.stop(immediately=True)
                    time.sleep(chance.uniform(0, 0.5))
                    server.start()
                    promises.wait_for(201, seconds=RECOVERS_WITHIN_SECONDS)
            verdict = judge(installation, promises)
    figure(
        f"{stops} immediate stops of PostgreSQL: {verdict}, {promises.statuses}, "
        f"at most {promises.longest_gap_seconds:.1f} s without a promise"
    )
    assert verdict.good
    assert promises.faults == []
