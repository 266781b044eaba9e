"""Verify: what a partner is told about a page of theirs, fetched from a real server."""

from collections.abc import Iterator
from dataclasses import replace

import httpx
import pytest

from tests.embed.hosts import Host, hosting
from tests.web.canary import Canary, addresses, canary
from tests.web.conftest import ORIGIN
from widget_server.model import Partner
from widget_server.snippet import snippet
from widget_server.store import partners
from widget_server.web.outside import Outside
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as site:
        yield site


@pytest.fixture
def form(service: Service, form: str) -> str:
    """What forms carry to a service that reaches this machine."""
    service.outside = Outside(may_connect=lambda address: address == "127.0.0.1", ports=None)
    return form


async def checked(client: httpx.AsyncClient, form: str, address: str, lang: str = "en") -> str:
    data = {"form": form, "address": address}
    return (await client.post(f"/partner/verify?lang={lang}", data=data)).text


async def test_a_page_that_is_right_is_told_so(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str, host: Host, form: str
) -> None:
    service.store.write(lambda rows: partners.set_sites(rows, partner.slug, [host.origin])).result()
    service.refresh()
    address = host.put(snippet(ORIGIN, token, "hketo", "Ask them"))
    page = await checked(client, form, address)
    assert "Everything is as it should be." in page
    assert "The snippet is there." in page
    assert "Its token is yours" in page


async def test_a_site_that_is_missing_is_named(
    client: httpx.AsyncClient, token: str, host: Host, form: str
) -> None:
    page = await checked(client, form, host.put(snippet(ORIGIN, token, "hketo", "Ask")))
    assert f"{host.origin} is not among your sites" in page


async def test_a_policy_that_stops_it_is_told_what_to_add(
    client: httpx.AsyncClient, token: str, host: Host, form: str
) -> None:
    policy = {"Content-Security-Policy": "default-src 'self'"}
    page = await checked(client, form, host.put(snippet(ORIGIN, token, "hketo", "Ask"), policy))
    assert f"script-src {ORIGIN}" in page
    assert f"frame-src {ORIGIN}" in page


async def test_it_speaks_three_languages(client: httpx.AsyncClient, host: Host, form: str) -> None:
    address = host.put("<p>Hello")
    assert "No hay código en la página" in await checked(client, form, address, "es")
    assert "頁面上沒有嵌入碼" in await checked(client, form, address, "zh-Hant")


async def test_a_page_that_is_not_there_is_told_its_status(
    client: httpx.AsyncClient, host: Host, form: str
) -> None:
    page = await checked(client, form, f"{host.origin}/nothing")
    assert "The server answered with status 404." in page


async def test_what_was_typed_stays_and_is_no_markup(client: httpx.AsyncClient, form: str) -> None:
    page = await checked(client, form, 'https://"><script>alert(1)</script>')
    assert "<script>alert" not in page
    assert 'aria-invalid="true"' in page


async def test_a_page_of_markup_is_shown_as_text(
    client: httpx.AsyncClient, host: Host, form: str
) -> None:
    html = '<three-steps token="&lt;img src=x&gt;"></three-steps>'
    assert "<img src=x>" not in await checked(client, form, host.put(html))


async def test_five_times_a_minute_are_enough(
    client: httpx.AsyncClient, host: Host, form: str
) -> None:
    address = host.put("<p>Hello")
    said = [await checked(client, form, address) for _ in range(6)]
    assert "wait a moment" not in said[4]
    assert "wait a moment" in said[5]


async def test_without_the_sessions_form_nothing_is_fetched(
    client: httpx.AsyncClient, host: Host, form: str
) -> None:
    answer = await client.post("/partner/verify", data={"address": host.put("<p>Hello")})
    assert answer.status_code == 403


@pytest.fixture
def listening() -> Iterator[Canary]:
    with canary() as running:
        yield running


async def test_no_page_inside_is_fetched(
    client: httpx.AsyncClient, service: Service, form: str, listening: Canary
) -> None:
    service.outside = Outside(ports=None, seconds=0.5)
    service.settings = replace(service.settings, limits=False)
    for address in addresses(listening.port):
        await checked(client, form, address)
    assert listening.heard == []
