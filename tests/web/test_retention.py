"""Once a day the service deletes what had its time, and tells when that was."""

from dataclasses import replace
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import insert

from tests.store.rows import recording, submission
from tests.web.conftest import NOW
from tests.web.test_nightly import metric, warnings
from widget_server.store import tasks
from widget_server.store.schema import closures
from widget_server.store.schema import tasks as tasks_table
from widget_server.web.retention import Retention
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

LONG_AGO = NOW - timedelta(days=90)


@pytest.fixture(autouse=True)
def closed_long_ago(service: Service) -> None:
    """Two envelopes that should be gone."""
    for visit in ("v1", "v2"):
        sent = replace(submission(visit, campaign="over"), envelope=b"sealed")
        service.store.write(recording(sent)).result()
    row = insert(closures).values(campaign="over", at=LONG_AGO)
    service.store.write(lambda rows: rows.execute(row)).result()


def swept_before(service: Service, hours: float) -> None:
    run = tasks.Run(NOW - timedelta(hours=hours), "An earlier run.")
    service.store.write(lambda rows: tasks.note(rows, tasks.RETENTION, run)).result()


async def test_the_first_look_deletes_and_tells(
    service: Service, client: httpx.AsyncClient
) -> None:
    await service.retention.look()
    ready = (await client.get("/readyz")).json()
    said = "2026-11-22 17:00 UTC: 2 envelopes and 0 keys deleted."
    assert ready["tasks"] == {"retention": said}
    assert await metric(client, "threesteps_retention_timestamp_seconds") == NOW.timestamp()


@pytest.mark.parametrize(("hours", "sweeps"), [(23, False), (24, True)])
async def test_it_is_done_once_a_day_by_whichever_process(
    service: Service, hours: float, sweeps: bool
) -> None:
    swept_before(service, hours)
    await service.retention.look()
    assert service.retention.last
    assert (service.retention.last.at == NOW) is sweeps


async def test_a_run_that_fails_is_a_warning_until_one_succeeds(
    service: Service, client: httpx.AsyncClient
) -> None:
    service.store.write(tasks_table.drop).result()
    await service.retention.look()
    assert [each for each in await warnings(client) if each.startswith("Envelopes that had")]
    service.store.write(tasks_table.create).result()
    await service.retention.look()
    assert not [each for each in await warnings(client) if each.startswith("Envelopes that had")]


async def test_a_run_of_long_ago_is_late(service: Service) -> None:
    later = Retention(service.store, lambda: NOW + timedelta(days=2, seconds=1))
    await service.retention.look()
    later.last = service.retention.last
    assert later.is_late
    assert not service.retention.is_late
