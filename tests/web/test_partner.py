import csv
import io
import re
from collections.abc import Callable
from datetime import date

import httpx
import pytest

from widget_server.model import Partner
from widget_server.report.periods import LENGTHS
from widget_server.store import partners, tallies
from widget_server.tokens import Grant, Tokens
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


@pytest.fixture
def link(service: Service, partner: Partner) -> str:
    return "/partner?link=" + service.tokens.link(Grant(partner.slug, partner.session_generation))


async def page_of(client: httpx.AsyncClient, link: str) -> str:
    """The page that a sign-in link leads to."""
    answer = await client.get(link, follow_redirects=True)
    assert answer.status_code == 200
    return answer.text


def change(service: Service, what: Callable[..., Partner], slug: str) -> None:
    """Change the partner's row as a command would, and let the service see it."""
    service.store.write(lambda rows: what(rows, slug)).result()
    service.refresh()


def count(service: Service, partner: Partner, kind: str, number: int) -> None:
    """Add to what the partner's visitors did today."""
    key = tallies.TallyKey("hketo", partner.slug, date(2026, 11, 22), kind)
    service.store.write(lambda rows: tallies.add(rows, {key: number})).result()


@pytest.mark.parametrize("address", ["/partner", "/partner?link=nonsense", "/partner/counts.csv"])
async def test_nobody_sees_numbers_without_a_link(client: httpx.AsyncClient, address: str) -> None:
    answer = await client.get(address)
    assert answer.status_code == 401
    assert "open your link again" in answer.text


async def test_a_link_of_an_older_generation_no_longer_opens(
    client: httpx.AsyncClient, service: Service, partner: Partner, link: str
) -> None:
    change(service, partners.end_sessions, partner.slug)
    assert (await client.get(link)).status_code == 401


async def test_ending_sessions_signs_everybody_out(
    client: httpx.AsyncClient, service: Service, partner: Partner, link: str
) -> None:
    await page_of(client, link)
    change(service, partners.end_sessions, partner.slug)
    assert (await client.get("/partner")).status_code == 401


async def test_a_token_of_another_purpose_opens_nothing(
    client: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    key = service.tokens.api_key(Grant(partner.slug, partner.api_generation))
    assert (await client.get(f"/partner?link={key}")).status_code == 401


async def test_a_link_signed_with_another_key_opens_nothing(
    client: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    forged = Tokens([b"k" * 32], service.clock).link(Grant(partner.slug, 1))
    assert (await client.get(f"/partner?link={forged}")).status_code == 401


async def test_what_was_counted_is_on_the_page(
    client: httpx.AsyncClient, service: Service, partner: Partner, link: str
) -> None:
    count(service, partner, "shown", 1234)
    assert "1,234" in await page_of(client, link)


async def test_the_page_shows_the_partners_name_as_text(
    client: httpx.AsyncClient, link: str
) -> None:
    page = await page_of(client, link)
    assert "Harbor &lt;Voices&gt;" in page
    assert "Harbor <Voices>" not in page


async def test_the_page_has_a_snippet_that_counts_for_the_partner(
    client: httpx.AsyncClient, service: Service, partner: Partner, link: str
) -> None:
    await page_of(client, link)
    page = (await client.get("/partner/snippet")).text
    found = re.search(r"&lt;three-steps token=&#34;([^&]+)&#34;", page)
    assert found
    assert service.tokens.read_embed(found[1]).partner == partner.slug


async def test_a_revoked_partner_is_offered_no_snippet(
    client: httpx.AsyncClient, service: Service, partner: Partner, link: str
) -> None:
    change(service, partners.revoke, partner.slug)
    await page_of(client, link)
    page = (await client.get("/partner/snippet")).text
    assert "three-steps token" not in page
    assert "You have no snippet at the moment" in page


async def test_the_page_runs_only_its_own_script_and_loads_nothing(
    client: httpx.AsyncClient, link: str
) -> None:
    answer = await client.get(link, follow_redirects=True)
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(("period", "length"), LENGTHS.items())
async def test_the_chart_and_its_table_have_every_period(
    client: httpx.AsyncClient, link: str, period: str, length: int
) -> None:
    await page_of(client, link)
    page = (await client.get(f"/partner?by={period}")).text
    assert page.count('<rect class="slot"') == length
    assert page.count("<time datetime=") == length


async def test_the_csv_has_a_line_a_day(
    client: httpx.AsyncClient, service: Service, partner: Partner, link: str
) -> None:
    count(service, partner, "shown", 1)
    await page_of(client, link)
    answer = await client.get("/partner/counts.csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [(row["day"], row["shown"]) for row in rows] == [("2026-11-22", "1")]
    assert "harbor-voices-counts.csv" in answer.headers["content-disposition"]


async def test_an_api_key_reads_its_partners_numbers(
    client: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    key = service.tokens.api_key(Grant(partner.slug, partner.api_generation))
    answer = await client.get("/api/v1/counts", headers={"Authorization": f"Bearer {key}"})
    assert answer.json()["partner"] == partner.slug
    assert answer.json()["totals"]["submitted"] == 0


@pytest.mark.parametrize("header", [None, "Bearer nonsense", "Basic abc", "Bearer"])
async def test_without_a_valid_api_key_there_is_an_error(
    client: httpx.AsyncClient, header: str | None
) -> None:
    headers = {"Authorization": header} if header else {}
    answer = await client.get("/api/v1/counts", headers=headers)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "bad_api_key"
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_a_renewed_api_key_ends_the_old_one(
    client: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    key = service.tokens.api_key(Grant(partner.slug, partner.api_generation))
    change(service, partners.renew_api_key, partner.slug)
    answer = await client.get("/api/v1/counts", headers={"Authorization": f"Bearer {key}"})
    assert answer.status_code == 401
