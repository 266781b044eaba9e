"""PostgreSQL's primary dies and its standby takes over: nothing acknowledged is lost."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

from tests.faults.installation import Installation
from tests.faults.promises import judge
from tests.faults.visitors import Visitors
from tests.postgres import Postgres, administer, postgres, standby_of

pytestmark = pytest.mark.soak

RECOVERS_WITHIN_SECONDS = 10


@contextmanager
def pair() -> Iterator[tuple[Postgres, Postgres]]:
    """A primary, and a standby that has every commit before it is acknowledged."""
    with postgres() as primary, standby_of(primary) as standby:
        administer(primary.url, "ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        administer(primary.url, "SELECT pg_reload_conf()")
        wait_until_synchronous(primary)
        yield primary, standby


def wait_until_synchronous(primary: Postgres) -> None:
    statement = "SELECT FROM pg_stat_replication WHERE sync_state = 'sync'"
    with psycopg.connect(primary.url, autocommit=True) as connection:
        for _ in range(100):
            if connection.execute(statement).rowcount:
                return
            time.sleep(0.1)
    raise AssertionError("the standby does not follow")


def test_a_failover_loses_nothing_that_was_acknowledged(
    tmp_path: Path, soaking: bool, figure: Callable[[str], None]
) -> None:
    for seed in range(3 if soaking else 1):
        with pair() as (primary, standby):
            hosts = ",".join(f"127.0.0.1:{server.port}" for server in (primary, standby))
            address = f"postgresql://threesteps@{hosts}/postgres?target_session_attrs=read-write"
            installation = Installation.make(tmp_path / f"home-{seed}", address)
            with installation.serving() as served:
                visitors = Visitors(installation, [served.origin], seed)
                with visitors.submitting() as promises:
                    time.sleep(random.Random(seed).uniform(0.5, 2))
                    primary.stop(immediately=True)
                    standby.promote()
                    seconds = promises.wait_for(201, 100, seconds=RECOVERS_WITHIN_SECONDS)
            verdict = judge(installation, promises)
        figure(
            f"failover: {verdict}, {promises.longest_gap_seconds:.1f} s without a promise, "
            f"{seconds:.1f} s to 100 more, {promises.statuses}"
        )
        assert verdict.good
        assert promises.faults == []
        assert promises.longest_gap_seconds < RECOVERS_WITHIN_SECONDS
