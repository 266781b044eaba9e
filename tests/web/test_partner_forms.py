"""What a partner changes on their page: sites, and the end of sessions."""

import html

import httpx
import pytest

from tests.web.conftest import NOW, SITE
from widget_server.model import Partner
from widget_server.store import audit, partners
from widget_server.store.audit import Entry
from widget_server.store.placements import Sighting, note_sightings
from widget_server.tokens import Grant
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

NEWS = "https://news.example.org"


def sites(service: Service, partner: Partner) -> tuple[str, ...]:
    with service.store.read() as connection:
        return partners.get(connection, partner.slug).sites


def entries(service: Service, partner: Partner) -> list[Entry]:
    with service.store.read() as connection:
        return list(audit.latest(connection, 9, partner.slug))


async def test_a_site_is_added_with_a_line_in_the_audit(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    answer = await client.post("/partner/sites/add?lang=es", data={"form": form, "site": NEWS})
    assert (answer.status_code, answer.headers["location"]) == (303, "/partner?lang=es#sites")
    assert sites(service, partner) == (SITE, NEWS)
    assert entries(service, partner) == [
        Entry(NOW, partner.slug, "site added", partner.slug, {"site": NEWS})
    ]


async def test_an_added_site_may_frame_the_widget_at_once(
    client: httpx.AsyncClient, token: str, form: str
) -> None:
    await client.get(f"/w/{token}")
    await client.post("/partner/sites/add", data={"form": form, "site": NEWS})
    policy = (await client.get(f"/w/{token}")).headers["content-security-policy"]
    assert f"frame-ancestors {SITE} {NEWS}" in policy


async def test_a_site_that_is_there_already_changes_nothing(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    await client.post("/partner/sites/add", data={"form": form, "site": SITE})
    assert entries(service, partner) == []


@pytest.mark.parametrize(
    "site", ["", "not a site", "https://a.example/path", "javascript:alert(1)"]
)
async def test_what_is_no_site_is_named_at_its_field_and_kept(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str, site: str
) -> None:
    answer = await client.post("/partner/sites/add", data={"form": form, "site": site})
    assert answer.status_code == 422
    assert "This is not a site" in answer.text
    assert f'value="{html.escape(site)}"' in answer.text
    assert sites(service, partner) == (SITE,)


async def test_a_site_is_removed(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    await client.post("/partner/sites/add", data={"form": form, "site": NEWS})
    await client.post("/partner/sites/remove", data={"form": form, "site": SITE})
    assert sites(service, partner) == (NEWS,)
    assert [entry.what for entry in entries(service, partner)].count("site removed") == 1


async def test_the_last_site_stays(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    answer = await client.post("/partner/sites/remove", data={"form": form, "site": SITE})
    assert answer.status_code == 422
    assert "One site must stay" in answer.text
    assert sites(service, partner) == (SITE,)


async def test_there_are_only_so_many_sites(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    many = [f"https://site-{number}.example" for number in range(100)]
    service.store.write(lambda rows: partners.set_sites(rows, partner.slug, many)).result()
    answer = await client.post("/partner/sites/add", data={"form": form, "site": NEWS})
    assert answer.status_code == 422
    assert "more than 100 sites" in answer.text


async def test_a_refused_site_is_offered_until_it_is_allowed(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    sighting = Sighting(partner.slug, NEWS, True, NOW.date())
    service.store.write(lambda rows: note_sightings(rows, [sighting])).result()
    assert f"Allow {NEWS}" in (await client.get("/partner")).text
    await client.post("/partner/sites/add", data={"form": form, "site": NEWS})
    assert f"Allow {NEWS}" not in (await client.get("/partner")).text


async def test_a_site_says_when_it_was_seen(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    assert "Not seen yet" in (await client.get("/partner")).text
    sighting = Sighting(partner.slug, SITE, False, NOW.date())
    service.store.write(lambda rows: note_sightings(rows, [sighting])).result()
    assert "Seen today for the first time" in (await client.get("/partner")).text


FORMS = ("sites/add", "sites/remove", "sign-out", "sign-out-everywhere")


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("sent", ["", "nonsense", "another session's"])
async def test_a_form_of_another_session_changes_nothing(
    client: httpx.AsyncClient,
    service: Service,
    partner: Partner,
    form: str,
    path: str,
    sent: str,
) -> None:
    token = service.tokens.form("another") if sent.startswith("another") else sent
    answer = await client.post(f"/partner/{path}", data={"form": token, "site": NEWS})
    assert answer.status_code == 403
    assert (sites(service, partner), entries(service, partner)) == ((SITE,), [])


@pytest.mark.parametrize("path", FORMS)
async def test_another_site_cannot_send_a_form(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str, path: str
) -> None:
    answer = await client.post(
        f"/partner/{path}",
        data={"form": form, "site": NEWS},
        headers={"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"},
    )
    assert answer.status_code == 403
    assert (sites(service, partner), entries(service, partner)) == ((SITE,), [])


@pytest.mark.parametrize("path", FORMS)
async def test_nobody_changes_anything_without_a_session(
    client: httpx.AsyncClient, service: Service, partner: Partner, path: str
) -> None:
    form = service.tokens.form("")
    answer = await client.post(f"/partner/{path}", data={"form": form, "site": NEWS})
    assert answer.status_code == 401
    assert entries(service, partner) == []


async def test_signing_out_ends_this_session(client: httpx.AsyncClient, form: str) -> None:
    answer = await client.post("/partner/sign-out", data={"form": form})
    assert answer.status_code == 303
    assert (await client.get("/partner")).status_code == 401


async def test_signing_out_everywhere_ends_every_session_and_link(
    client: httpx.AsyncClient, service: Service, partner: Partner, form: str
) -> None:
    grant = Grant(partner.slug, partner.session_generation)
    link, elsewhere = service.tokens.link(grant), service.tokens.session(grant)
    await client.post("/partner/sign-out-everywhere", data={"form": form})
    assert (await client.get(f"/partner?link={link}")).status_code == 401
    cookie = {"Cookie": f"threesteps_partner={elsewhere}"}
    assert (await client.get("/partner", headers=cookie)).status_code == 401
    assert [entry.what for entry in entries(service, partner)] == ["signed out everywhere"]
