"""Links that become sessions, the partners' and the organiser's alike."""

from dataclasses import replace

import httpx
import pytest

from widget_server.model import Partner
from widget_server.tokens import Grant
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["/partner", "/organiser"])
def path(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def link(service: Service, partner: Partner, path: str) -> str:
    grant = Grant(partner.slug, partner.session_generation)
    tokens = {
        "/partner": service.tokens.link(grant),
        "/organiser": service.tokens.organiser_link(1),
    }
    return f"{path}?link={tokens[path]}"


async def test_a_link_signs_in_and_leaves_the_address(
    client: httpx.AsyncClient, link: str, path: str
) -> None:
    answer = await client.get(link)
    assert (answer.status_code, answer.headers["location"]) == (303, path)
    cookie = answer.headers["set-cookie"]
    assert all(part in cookie for part in ("HttpOnly", "SameSite=lax", f"Path={path}", "Secure"))
    assert "Max-Age=43200" in cookie


async def test_a_link_in_a_language_leads_to_a_page_in_it(
    client: httpx.AsyncClient, link: str, path: str
) -> None:
    answer = await client.get(f"{link}&lang=es")
    assert answer.headers["location"] == f"{path}?lang=es"


async def test_on_plain_http_the_session_can_be_kept(
    client: httpx.AsyncClient, service: Service, link: str
) -> None:
    service.settings = replace(service.settings, public_url="http://127.0.0.1:8000")
    answer = await client.get(link)
    assert "Secure" not in answer.headers["set-cookie"]
