"""The webhook of a partner: set, tried out, renewed and removed on their page."""

import html
import re
from collections.abc import Iterator

import httpx
import pytest

from tests.embed.hosts import Host, hosting
from tests.web.canary import Canary, addresses, canary
from widget_server.model import Partner
from widget_server.store import audit, webhooks
from widget_server.store.webhooks import Webhook
from widget_server.web.outside import Outside
from widget_server.web.service import Service
from widget_server.web.webhooks import Webhooks

pytestmark = pytest.mark.anyio

HOOK = "https://93.184.215.14/hook"


@pytest.fixture
def host() -> Iterator[Host]:
    with hosting() as site:
        yield site


async def post(client: httpx.AsyncClient, form: str, path: str = "", **fields: str) -> str:
    answer = await client.post(
        f"/partner/webhooks{path}", data={"form": form, **fields}, follow_redirects=True
    )
    return html.unescape(answer.text)


def secret_in(page: str) -> str | None:
    found = re.search(r"whsec_[\w-]+", page)
    return found and found[0]


def kept(service: Service, partner: Partner) -> Webhook | None:
    with service.store.read() as connection:
        return webhooks.find(connection, partner.slug)


async def test_the_secret_is_shown_once(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    page = await post(client, form, url=HOOK, period="hourly")
    webhook = kept(service, partner)
    assert webhook
    assert secret_in(page) == webhook.secret
    assert (webhook.url, webhook.period) == (HOOK, "hourly")
    again = (await client.get("/partner/webhooks")).text
    assert secret_in(again) is None
    assert "Nothing was sent yet." in again


async def test_saving_again_keeps_the_secret(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    secret = secret_in(await post(client, form, url=HOOK))
    assert secret_in(await post(client, form, url=f"{HOOK}/2")) is None
    webhook = kept(service, partner)
    assert webhook
    assert (webhook.secret, webhook.url) == (secret, f"{HOOK}/2")


async def test_a_renewed_secret_is_shown_once_too(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    first = secret_in(await post(client, form, url=HOOK))
    renewed = secret_in(await post(client, form, "/renew"))
    assert renewed
    assert renewed != first


async def test_a_removed_webhook_is_gone(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    await post(client, form, url=HOOK)
    await post(client, form, "/remove")
    assert kept(service, partner) is None


async def test_every_change_has_a_line_in_the_audit_without_the_secret(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    await post(client, form, url=HOOK)
    await post(client, form, "/renew")
    await post(client, form, "/remove")
    with service.store.read() as connection:
        entries = audit.latest(connection, 9, partner.slug)
    said = {entry.what for entry in entries}
    assert said == {"webhook set", "webhook secret renewed", "webhook removed"}
    assert "whsec_" not in str(entries)


async def test_a_test_says_what_came_of_it(
    client: httpx.AsyncClient, service: Service, form: str, host: Host
) -> None:
    service.outside = Outside(may_connect=lambda address: address == "127.0.0.1", ports=None)
    service.webhooks = Webhooks(
        service.store, service.outside, service.clock, lambda: service.campaigns
    )
    await post(client, form, url=f"{host.origin}/hook")
    page = await post(client, form, "/test")
    assert "Not taken" in page
    assert "status 501" in page  # the site takes no POST


async def test_tests_are_limited_and_blame_no_address(client: httpx.AsyncClient, form: str) -> None:
    await post(client, form, url=HOOK)
    for _ in range(5):
        await post(client, form, url="http://10.0.0.1/")
    page = await post(client, form, "/test")
    assert "wait a moment" in page
    assert 'aria-invalid="true"' not in page
    assert re.search(r'href="/partner/webhooks[^>]*aria-current="page"', page)


@pytest.mark.parametrize(
    "url", ["", "ftp://a.example/", "http://127.0.0.1/", "http://u@a.example/"]
)
async def test_an_address_that_cannot_be_asked_is_refused(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str, url: str
) -> None:
    assert 'aria-invalid="true"' in await post(client, form, url=url)
    assert kept(service, partner) is None


@pytest.fixture
def listening() -> Iterator[Canary]:
    with canary() as running:
        yield running


async def test_no_address_inside_is_taken(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str, listening: Canary
) -> None:
    service.outside = Outside(ports=None, seconds=0.5)
    for url in addresses(listening.port)[::4]:
        await post(client, form, url=url)
    assert kept(service, partner) is None
    assert listening.heard == []


async def test_without_the_sessions_form_nothing_is_changed(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    assert (await client.post("/partner/webhooks", data={"url": HOOK})).status_code == 403
    assert kept(service, partner) is None
