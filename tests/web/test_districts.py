"""Districts are counted beside the requests, and never for most of the time."""

import asyncio
import time

import pytest
from sqlalchemy import Connection, event

from widget_server.web.districts import PATIENCE_SECONDS, Districts
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


@pytest.fixture
def counting(service: Service) -> Districts:
    return Districts(service.store)


def slow_down(service: Service, seconds: float) -> list[float]:
    """Let every count take so long; when they began."""
    begun: list[float] = []

    @event.listens_for(service.store.database.reading, "before_cursor_execute")
    def wait(_: Connection, __: object, statement: str, *___: object) -> None:
        if "district" in statement:
            begun.append(time.monotonic())
            time.sleep(seconds)

    return begun


async def test_a_quick_count_is_there_at_once(counting: Districts) -> None:
    assert await counting.latest(["hketo"]) == {"hketo": {}}


async def test_nobody_waits_for_a_slow_count(service: Service, counting: Districts) -> None:
    slow_down(service, 4 * PATIENCE_SECONDS)
    assert await counting.latest(["hketo"]) is None
    for _ in range(200):
        if counted := await counting.latest(["hketo"]):
            break
        await asyncio.sleep(PATIENCE_SECONDS)
    assert counted == {"hketo": {}}


async def test_a_slow_count_is_not_done_again_soon(service: Service, counting: Districts) -> None:
    begun = slow_down(service, 2 * PATIENCE_SECONDS)
    for _ in range(8):
        await counting.latest(["hketo"])
        await asyncio.sleep(PATIENCE_SECONDS)
    assert len(begun) == 1
