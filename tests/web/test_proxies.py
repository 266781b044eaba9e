"""A proxy that nobody told us of is noticed by the first form that it passes on."""

from dataclasses import replace
from ipaddress import ip_network

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.conftest import ORIGIN
from widget_server.settings import Settings
from widget_server.store import tasks
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

FORWARDED = {"X-Forwarded-For": "198.51.100.7"}


async def noted(
    app: Starlette, service: Service, token: str, peer: str, headers: dict[str, str]
) -> tasks.Run | None:
    """What is noted once this peer has sent a form."""
    transport = httpx.ASGITransport(app, client=(peer, 40000))
    async with httpx.AsyncClient(transport=transport, base_url=ORIGIN, headers=headers) as client:
        await client.post(f"/w/{token}/find", data={"zip": "94110"})
    await service.watch.look()
    with service.store.read() as connection:
        return tasks.last(connection, tasks.UNKNOWN_PROXY)


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.0.0.5", "fd00::5"])
async def test_a_proxy_of_the_house_is_noted_without_its_address(
    app: Starlette, service: Service, token: str, peer: str
) -> None:
    found = await noted(app, service, token, peer, FORWARDED)
    assert found
    assert found.result == "nobody"


@pytest.mark.parametrize(("peer", "headers"), [("9.9.9.9", FORWARDED), ("10.0.0.5", {})])
async def test_a_stranger_who_says_so_and_a_neighbour_who_does_not_are_no_proxies(
    app: Starlette, service: Service, token: str, peer: str, headers: dict[str, str]
) -> None:
    assert await noted(app, service, token, peer, headers) is None


class TestBehindAProxyOfOurs:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, trusted_proxies=(ip_network("10.0.0.0/8"),))

    async def test_a_trusted_proxy_is_nothing_to_note(
        self, app: Starlette, service: Service, token: str
    ) -> None:
        assert await noted(app, service, token, "10.0.0.5", FORWARDED) is None
