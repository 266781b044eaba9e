"""What the organiser does to partners: added, looked after, and taken back; each with its line."""

import re
from html import unescape

import httpx
import pytest
from sqlalchemy import Connection

from tests.web.conftest import NOW
from widget_server.model import Embed, Partner
from widget_server.store import audit, partners
from widget_server.tokens import Grant
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


async def post(
    organiser: httpx.AsyncClient, service: Service, path: str, **fields: str
) -> httpx.Response:
    """Send a form of this session, and follow where it leads."""
    form = service.tokens.form(organiser.cookies["threesteps_organiser"])
    address = f"/organiser/partners/{path}"
    return await organiser.post(address, data={**fields, "form": form}, follow_redirects=True)


def done(service: Service) -> list[tuple[str, str, str]]:
    """Who did what to whom."""
    with service.store.read() as connection:
        return [entry[1:4] for entry in audit.latest(connection, 99)]


def now(service: Service, slug: str = "harbor-voices") -> Partner:
    """The partner's row as the database has it."""
    with service.store.read() as connection:
        return partners.get(connection, slug)


async def test_a_new_partner_is_shown_what_to_send_once(
    organiser: httpx.AsyncClient, service: Service
) -> None:
    answer = await post(
        organiser, service, "add", name="Lantern & Co", sites="lantern.example\nhttps://*.l.example"
    )
    assert answer.status_code == 200
    text, tokens = unescape(answer.text), service.tokens
    token = re.search(r'<three-steps token="([^"]+)"', text)
    assert token
    assert tokens.read_embed(token[1]) == Embed("hketo", "lantern-co", 1)
    link = re.search(r"https://act\.example\.org/partner\?link=(\S+?)<", text)
    assert link
    assert tokens.read_link(link[1]) == Grant("lantern-co", 1)
    assert tokens.api_key(Grant("lantern-co", 1)) in text
    again = (await organiser.get("/organiser/partners/lantern-co")).text
    assert "partner?link=" not in again
    assert tokens.api_key(Grant("lantern-co", 1)) not in again
    assert done(service) == [("organiser", "partner added", "lantern-co")]


async def test_a_form_that_is_sent_twice_adds_one_partner(
    organiser: httpx.AsyncClient, service: Service
) -> None:
    fields = {"name": "Lantern", "sites": "lantern.example"}
    await post(organiser, service, "add", **fields)
    answer = await post(organiser, service, "add", **{**fields, "name": " LANTERN "})
    assert answer.status_code == 422
    assert "There is a partner of this name already" in answer.text
    with service.store.read() as connection:
        assert len(partners.list_all(connection)) == 1


@pytest.mark.parametrize(
    ("name", "sites", "fault"),
    [
        ("", "example.org", "A name has 1 to 200 characters"),
        ("x" * 201, "example.org", "A name has 1 to 200 characters"),
        ("Lantern", "example.org\n<b>/page", "This is not a site: &lt;b&gt;/page."),
        ("Lantern", "", "This is not a site"),
    ],
)
async def test_what_is_wrong_with_a_new_partner_stands_at_its_field(
    organiser: httpx.AsyncClient, service: Service, name: str, sites: str, fault: str
) -> None:
    answer = await post(organiser, service, "add", name=name, sites=sites)
    assert answer.status_code == 422
    assert fault in answer.text
    assert 'aria-invalid="true"' in answer.text
    assert done(service) == []


async def test_a_link_is_made_and_noted(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    text = (await post(organiser, service, f"{partner.slug}/link")).text
    link = re.search(r"partner\?link=([\w.-]+)<", text)
    assert link
    assert service.tokens.read_link(link[1]) == Grant(partner.slug, 1)
    assert 'href="mailto:?subject=Your%20numbers&amp;body=Hello%20Harbor%20%3CVoices%3E' in text
    assert done(service) == [("organiser", "link made", partner.slug)]


async def test_sites_are_replaced(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    answer = await post(organiser, service, f"{partner.slug}/sites", sites="https://new.example")
    assert "The sites were saved." in answer.text
    assert now(service).sites == ("https://new.example",)
    assert done(service) == [("organiser", "sites changed", partner.slug)]


async def test_sites_that_are_none_change_nothing(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    answer = await post(organiser, service, f"{partner.slug}/sites", sites="nothing at all")
    assert (answer.status_code, now(service)) == (422, partner)
    assert done(service) == []


async def test_a_new_snippet_counts_beside_the_old_one(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    await post(organiser, service, f"{partner.slug}/rotate")
    assert (now(service).generation, now(service).lowest_generation) == (2, 1)
    assert done(service) == [("organiser", "snippet renewed", partner.slug)]


async def test_before_anything_ends_the_page_says_what_will(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    text = (await organiser.get(f"/organiser/partners/{partner.slug}/revoke")).text
    assert "Nothing has happened yet." in text
    assert "nothing counts for this partner until you make a new snippet" in text
    assert 'name="old"' not in text, "there is only the newest"
    assert now(service) == partner


async def test_nothing_ends_unless_something_is_ticked(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    answer = await post(organiser, service, f"{partner.slug}/revoke")
    assert answer.status_code == 422
    assert "Tick at least one." in answer.text
    assert now(service) == partner


async def test_old_snippets_end_and_the_newest_stays(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    await post(organiser, service, f"{partner.slug}/rotate")
    await post(organiser, service, f"{partner.slug}/revoke", old="yes")
    assert (now(service).generation, now(service).lowest_generation) == (2, 2)
    assert done(service)[0][1] in {"old snippets revoked", "snippet renewed"}


async def test_everything_that_is_ticked_ends_at_once(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    every = {"all": "yes", "sessions": "yes", "key": "yes"}
    text = (await post(organiser, service, f"{partner.slug}/revoke", **every)).text
    found = now(service)
    assert found.lowest_generation > found.generation
    assert (found.session_generation, found.api_generation) == (2, 2)
    assert "Every snippet of this partner is revoked." in text
    assert service.tokens.api_key(Grant(partner.slug, 2)) in text
    assert {line[1] for line in done(service)} == {
        "every snippet revoked",
        "sessions ended",
        "API key renewed",
    }


async def test_revocation_holds_in_this_process_at_once(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    token = service.tokens.embed(Embed("hketo", partner.slug, 1))
    await post(organiser, service, f"{partner.slug}/revoke", all="yes")
    assert (await service.showing(token)).attributed is None


@pytest.mark.parametrize("path", ["nobody", "nobody/revoke"])
async def test_who_is_not_there_is_not_found(organiser: httpx.AsyncClient, path: str) -> None:
    assert (await organiser.get(f"/organiser/partners/{path}")).status_code == 404


async def test_a_partners_own_changes_are_in_their_history(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    def note(rows: Connection) -> None:
        audit.note(rows, NOW, partner.slug, "site added", partner.slug, site="https://a.example")

    service.store.write(note).result()
    text = (await organiser.get(f"/organiser/partners/{partner.slug}")).text
    assert "added a site" in text
    assert "https://a.example" in text
