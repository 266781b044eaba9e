"""Where widgets were seen: the origin of the page, and nothing else of the request."""

from collections.abc import Sequence

import httpx
import pytest

from tests.web.conftest import NOW, ORIGIN, SITE
from widget_server.model import Partner
from widget_server.store import partners, placements
from widget_server.store.placements import MOST_ORIGINS, Origin
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

TODAY = NOW.date()


async def frame(client: httpx.AsyncClient, token: str, referer: str | None = None) -> None:
    """Ask for the widget as the frame on a page does."""
    headers = {"Sec-Fetch-Dest": "iframe"} | ({"Referer": referer} if referer else {})
    answer = await client.get(f"/w/{token}", headers=headers)
    assert answer.status_code == 200


def seen(service: Service, partner: Partner) -> Sequence[Origin]:
    """What was noted of the partner, once it is written."""
    service.store.write(service.store.pending.take().write).result()
    with service.store.read() as connection:
        return placements.seen(connection, partner.slug)


async def test_a_site_that_shows_the_widget_is_seen(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    await frame(client, token, f"{SITE}/")
    assert seen(service, partner) == (Origin(SITE, False, TODAY, TODAY),)


async def test_of_a_pages_address_only_the_origin_is_noted(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    await frame(client, token, f"{SITE}/private/page?name=ana#here")
    assert [each.origin for each in seen(service, partner)] == [SITE]


async def test_a_site_that_may_not_frame_it_is_noted_as_refused(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    await frame(client, token, "https://news.example/")
    assert seen(service, partner) == (Origin("https://news.example", True, TODAY, TODAY),)


async def test_a_site_below_a_wildcard_is_not_refused(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    sites = ["https://*.news.example"]
    service.store.write(lambda rows: partners.set_sites(rows, partner.slug, sites)).result()
    service.refresh()
    await frame(client, token, "https://a.news.example/")
    assert not seen(service, partner)[0].refused


@pytest.mark.parametrize(
    "referer",
    [None, "", "null", "about:client", "https://", "ftp://a.example/", "https://*.a.example/"],
)
async def test_what_names_no_site_is_not_noted(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str, referer: str | None
) -> None:
    await frame(client, token, referer)
    assert seen(service, partner) == ()


async def test_a_document_that_is_opened_by_itself_is_not_noted(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    await client.get(f"/w/{token}", headers={"Referer": SITE, "Sec-Fetch-Dest": "document"})
    assert seen(service, partner) == ()


async def test_our_own_pages_are_not_sites(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    await frame(client, token, f"{ORIGIN}/w/{token}?lang=es")
    assert seen(service, partner) == ()


async def test_a_site_is_noted_once_a_day(
    client: httpx.AsyncClient, service: Service, partner: Partner, token: str
) -> None:
    await frame(client, token, f"{SITE}/")
    assert seen(service, partner)
    await frame(client, token, f"{SITE}/another")
    assert not service.store.pending.take()


async def test_a_flood_of_invented_sites_is_bounded_and_hides_no_other(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    for number in range(2 * MOST_ORIGINS):
        await frame(client, token, f"https://invented-{number}.example/")
    await frame(client, token, f"{SITE}/")
    noted = service.store.pending.take().sightings
    assert len(noted) == MOST_ORIGINS + 1
    assert [each.origin for each in noted if not each.refused] == [SITE]
