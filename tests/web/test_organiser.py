"""The organiser's console: who may see it, and what it says."""

import re
from collections.abc import Callable
from datetime import date, timedelta

import httpx
import pytest
from sqlalchemy import Connection

from tests.web.conftest import NOW, ORIGIN
from widget_server.campaigns.skeleton import Start, write_skeleton
from widget_server.model import Partner
from widget_server.store import audit, generations, tallies
from widget_server.store.generations import ORGANISER_SESSIONS
from widget_server.tokens import Grant
from widget_server.web.breaker import Breaker
from widget_server.web.geocoding import Geocoder
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

PAGES = ("", "/partners", "/campaigns", "/audit", "/service", "/live")
FORMS = ("partners/add", "partners/harbor-voices/rotate", "sign-out-everywhere")


@pytest.fixture
def link(service: Service) -> str:
    return "/organiser?link=" + service.tokens.organiser_link(1)


def write(service: Service, job: Callable[[Connection], object]) -> None:
    service.store.write(job).result()
    service.refresh()


def count(service: Service, partner: str, kind: str, number: int) -> None:
    key = tallies.TallyKey("hketo", partner, date(2026, 11, 22), kind)
    write(service, lambda rows: tallies.add(rows, {key: number}))


@pytest.mark.parametrize("page", [*PAGES, "/partners/harbor-voices", "/partners/x/revoke"])
async def test_nobody_sees_a_page_without_a_link(client: httpx.AsyncClient, page: str) -> None:
    answer = await client.get(f"/organiser{page}")
    assert answer.status_code == 401
    assert "threesteps organiser link" in answer.text


async def test_a_partners_link_or_session_opens_nothing(
    client: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    grant = Grant(partner.slug, 1)
    assert (await client.get(f"/organiser?link={service.tokens.link(grant)}")).status_code == 401
    client.cookies.set("threesteps_organiser", service.tokens.session(grant))
    assert (await client.get("/organiser")).status_code == 401


async def test_the_organisers_link_is_nobodys_partner(
    client: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    token = service.tokens.organiser_link(1)
    assert (await client.get(f"/partner?link={token}")).status_code == 401


async def test_signing_out_everywhere_ends_sessions_and_links(
    organiser: httpx.AsyncClient, service: Service, link: str
) -> None:
    session = organiser.cookies["threesteps_organiser"]
    form = service.tokens.form(session)
    await organiser.post("/organiser/sign-out-everywhere", data={"form": form})
    organiser.cookies.set("threesteps_organiser", session)
    assert (await organiser.get("/organiser")).status_code == 401
    assert (await organiser.get(link)).status_code == 401


async def test_a_link_that_was_made_a_moment_after_signing_out_opens(
    client: httpx.AsyncClient, service: Service
) -> None:
    service.store.write(lambda rows: generations.end(rows, ORGANISER_SESSIONS)).result()
    token = service.tokens.organiser_link(2)
    assert (await client.get(f"/organiser?link={token}")).status_code == 303


@pytest.mark.parametrize("form", ["", "nonsense", "another session's"])
@pytest.mark.parametrize("action", FORMS)
async def test_a_form_that_is_not_of_this_session_changes_nothing(
    organiser: httpx.AsyncClient, service: Service, action: str, form: str
) -> None:
    if form.startswith("another"):
        form = service.tokens.form(service.tokens.organiser_session(1) + "x")
    fields = {"form": form, "name": "Harbor", "sites": "example.org"}
    answer = await organiser.post(f"/organiser/{action}", data=fields)
    assert answer.status_code == 403
    with service.store.read() as connection:
        assert audit.latest(connection, 9) == ()


async def test_a_form_that_another_site_sent_changes_nothing(
    organiser: httpx.AsyncClient, service: Service
) -> None:
    fields = {
        "form": service.tokens.form(organiser.cookies["threesteps_organiser"]),
        "name": "Harbor",
        "sites": "example.org",
    }
    foreign = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
    answer = await organiser.post("/organiser/partners/add", data=fields, headers=foreign)
    assert answer.status_code == 403
    with service.store.read() as connection:
        assert audit.latest(connection, 9) == ()


@pytest.mark.parametrize("page", PAGES[:-1])
async def test_no_page_is_framed_or_kept_and_each_runs_only_its_own_script(
    organiser: httpx.AsyncClient, page: str
) -> None:
    answer = await organiser.get(f"/organiser{page}")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("page", PAGES[:-1])
@pytest.mark.parametrize(("language", "word"), [("es", "Socios"), ("zh-Hant", "夥伴")])
async def test_every_page_speaks_three_languages(
    organiser: httpx.AsyncClient, page: str, language: str, word: str
) -> None:
    text = (await organiser.get(f"/organiser{page}?lang={language}")).text
    assert f'<html lang="{language}"' in text
    assert word in text


async def test_the_overview_counts_everybody(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    count(service, partner.slug, "submitted", 1200)
    count(service, "", "submitted", 34)
    text = (await organiser.get("/organiser")).text
    assert "1,234" in text
    assert "Harbor &lt;Voices&gt;" in text
    assert "the key that opens it is not on this server" in text


async def test_the_overview_says_what_was_set_aside(
    organiser: httpx.AsyncClient, service: Service
) -> None:
    assert "<dt>Invalidated</dt>" not in (await organiser.get("/organiser")).text
    count(service, "harbor-voices", "invalidated", 12)
    assert "<dt>Invalidated</dt>" in (await organiser.get("/organiser")).text


async def test_the_overview_says_that_a_campaign_keeps_no_districts(
    organiser: httpx.AsyncClient,
) -> None:
    text = (await organiser.get("/organiser?campaign=hketo")).text
    assert "This campaign does not store from where a submission comes" in text
    assert 'class="map"' not in text


async def test_what_has_not_moved_is_not_sent_again(
    organiser: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    first = await organiser.get("/organiser/live")
    known = {"If-None-Match": first.headers["etag"]}
    assert (await organiser.get("/organiser/live", headers=known)).status_code == 304
    count(service, partner.slug, "submitted", 1)
    assert (await organiser.get("/organiser/live", headers=known)).status_code == 200


async def test_a_campaigns_mistakes_have_file_and_line(
    organiser: httpx.AsyncClient, service: Service
) -> None:
    shelf = service.settings.home / "campaigns"
    folder = write_skeleton(shelf, "taps", "Taps", ["en"], Start(NOW, NOW + timedelta(9), 119))
    facts = folder / "campaign.toml"
    facts.write_text(facts.read_text().replace("goal = 1000", 'goal = "many"'))
    text = (await organiser.get("/organiser/campaigns")).text
    line = facts.read_text().splitlines().index('goal = "many"') + 1
    assert f"<code>taps/campaign.toml:{line}</code>" in text
    assert "Nobody sees this campaign until they are mended." in text


async def test_the_state_of_a_campaign_is_named(
    organiser: httpx.AsyncClient, service: Service
) -> None:
    text = (await organiser.get("/organiser/campaigns")).text
    assert re.search(r'3 Steps <span class="tag">Live</span>', text)


async def test_the_audit_is_paged_newest_first(
    organiser: httpx.AsyncClient, service: Service
) -> None:
    def fill(connection: Connection) -> None:
        for number in range(51):
            at = NOW + timedelta(minutes=number)
            audit.note(connection, at, "command", "partner added", f"number-{number}")

    write(service, fill)
    first = (await organiser.get("/organiser/audit")).text
    assert first.index("(number-50)") < first.index("(number-1)")
    assert "(number-0)" not in first
    assert "(number-0)" in (await organiser.get("/organiser/audit?page=2")).text


@pytest.mark.parametrize("page", ["0", "-1", "x", "²", "99999999", "9" * 40])
async def test_a_page_of_the_audit_that_is_not_there_is_no_error(
    organiser: httpx.AsyncClient, page: str
) -> None:
    assert (await organiser.get(f"/organiser/audit?page={page}")).status_code == 200


async def test_an_outage_of_the_geocoder_is_said_in_words(
    organiser: httpx.AsyncClient, service: Service
) -> None:
    assert "Street addresses are looked up" in (await organiser.get("/organiser/service")).text
    breaker = Breaker(failures=1)
    breaker.failed()
    service.geocoder = Geocoder(ORIGIN, organiser, breaker=breaker)
    assert (
        "Street addresses cannot be looked up" in (await organiser.get("/organiser/service")).text
    )


async def test_while_the_database_is_out_the_console_says_so(
    organiser: httpx.AsyncClient, service: Service
) -> None:
    service.store.close()
    answer = await organiser.get("/organiser/service")
    assert "The database takes no commits." in answer.text
