"""Each night the numbers are compared with their rows: a metric and a warning, never a mend."""

from datetime import UTC, datetime

import httpx
import pytest
from sqlalchemy import Connection

from tests.store.rows import DAY, recording, submission
from tests.web.conftest import NOW
from widget_server.store.recount import differences
from widget_server.store.tallies import TallyKey, add
from widget_server.web.nightly import seconds_until_quiet
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


def miscount(connection: Connection) -> None:
    add(connection, {TallyKey("hketo", "harbor", DAY, "submitted"): 1})


@pytest.fixture(autouse=True)
def submitted(service: Service) -> None:
    service.store.write(recording(submission("a", "ada"))).result()


async def metric(client: httpx.AsyncClient, name: str) -> float:
    lines = (await client.get("/metrics")).text.splitlines()
    [line] = [line for line in lines if line.startswith(f"{name} ")]
    return float(line.split()[1])


async def test_numbers_that_are_right_raise_nothing(
    service: Service, client: httpx.AsyncClient
) -> None:
    assert await metric(client, "threesteps_recount_timestamp_seconds") == 0
    await service.nightly.compare()
    assert await metric(client, "threesteps_recount_drift") == 0
    assert await metric(client, "threesteps_recount_timestamp_seconds") == NOW.timestamp()
    assert not [each for each in await warnings(client) if "recount" in each]


async def warnings(client: httpx.AsyncClient) -> list[str]:
    found: list[str] = (await client.get("/readyz")).json()["warnings"]
    return found


async def test_numbers_that_differ_raise_a_metric_and_a_warning(
    service: Service, client: httpx.AsyncClient
) -> None:
    service.store.write(miscount).result()
    await service.nightly.compare()
    assert await metric(client, "threesteps_recount_drift") == 1
    sentence = "Numbers that differ from a recount of their rows: 1. `threesteps recount` mends"
    assert [each for each in await warnings(client) if each.startswith(sentence)]


async def test_nothing_is_mended_by_night(service: Service) -> None:
    service.store.write(miscount).result()
    await service.nightly.compare()
    with service.store.read() as connection:
        assert len(differences(connection)) == 1


@pytest.mark.parametrize(
    ("now", "hours"),
    [
        (datetime(2026, 11, 22, 7, tzinfo=UTC), 1),
        (datetime(2026, 11, 22, 8, tzinfo=UTC), 24),
        (datetime(2026, 11, 22, 9, tzinfo=UTC), 23),
    ],
)
async def test_it_waits_for_the_next_quiet_hour(now: datetime, hours: int) -> None:
    assert seconds_until_quiet(now) == hours * 3600
