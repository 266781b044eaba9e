"""`/readyz` says of each part, in words, whether it is ready."""

import httpx
import pytest

from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


async def parts(client: httpx.AsyncClient, status: int) -> dict[str, str]:
    answer = await client.get("/readyz")
    assert answer.status_code == status
    found: dict[str, str] = answer.json()["parts"]
    return found


async def test_a_database_that_takes_no_commits_is_the_part_that_is_not_ready(
    client: httpx.AsyncClient, service: Service
) -> None:
    service.store.close()
    found = await parts(client, 503)
    assert found.pop("database") == "not ready: The database takes no commits."
    assert set(found.values()) == {"ready"}


async def test_a_part_with_a_warning_is_ready(client: httpx.AsyncClient, service: Service) -> None:
    service.limits.met_unknown_proxy = True
    found = await parts(client, 200)
    assert found.pop("limits").startswith("ready, but: Requests come through a proxy")
    assert set(found.values()) == {"ready"}
