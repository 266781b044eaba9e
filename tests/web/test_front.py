"""The short way in: it answers as Starlette's router does, and remembers only so much."""

import copy

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.conftest import ORIGIN
from widget_server.web.bodies import Shelf
from widget_server.web.front import Fronted
from widget_server.web.gate import Gate
from widget_server.web.service import DOCUMENTS_KEPT, Service

pytestmark = pytest.mark.anyio

REQUESTS = [
    "GET /embed.js",
    "HEAD /embed.js",
    "POST /embed.js",
    "GET /embed-{hash}.js",
    "GET /w/{token}",
    "HEAD /w/{token}?theme=dark",
    "PUT /w/{token}",
    "GET /w/{token}/",
    "GET /w/invented",
    "GET /w/%2e%2e",
    "GET /w/a%2Fb",
    "GET /w",
    "GET /w/",
    "GET /w//find",
    "GET /w/{token}/find?lang=es",
    "POST /w/{token}/find",
    "POST /w/{token}/act",
    "POST /w/{token}/shown",
    "POST /w/{token}/find/",
    "GET /w/{token}/find/more",
    "GET /w/{token}/shown",
    "GET /api/v1/legislators?zip=94110",
    "GET /api/v1/legislators",
    "GET /api/v1/legislators/",
    "GET /c/hketo",
    "GET /healthz",
    "OPTIONS /healthz",
    "GET /nowhere",
]


@pytest.fixture
def router_alone(app: Starlette) -> httpx.AsyncClient:
    """The same service, reached through Starlette's router only."""
    assert isinstance(app, Fronted)
    plain = copy.copy(app)
    plain.middleware_stack = Gate(Starlette.build_middleware_stack(plain), app.names)
    return httpx.AsyncClient(transport=httpx.ASGITransport(plain), base_url=ORIGIN)


@pytest.mark.parametrize("asked", REQUESTS)
async def test_the_front_answers_as_the_router_does(
    client: httpx.AsyncClient, router_alone: httpx.AsyncClient, token: str, asked: str
) -> None:
    method, _, address = asked.partition(" ")
    address = address.replace("{token}", token)
    one, other = [await each.request(method, address) for each in (client, router_alone)]
    assert (one.status_code, one.content) == (other.status_code, other.content)
    assert one.headers == other.headers


async def test_what_nobody_expected_tells_nothing_and_reaches_the_log(
    app: Starlette, client: httpx.AsyncClient, token: str
) -> None:
    del app.state.service.answers
    address = "/api/v1/legislators?zip=94110"
    answer = await client.get(address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "internal")
    assert 'handler="legislators",status="500"} 1.0' in (await client.get("/metrics")).text
    logging = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN)
    with pytest.raises(AttributeError):
        await logging.get(address)


async def test_a_response_that_was_sent_is_not_changed_by_the_next(
    client: httpx.AsyncClient,
) -> None:
    answers = [await client.get("/api/v1/legislators?zip=94110") for _ in range(3)]
    assert len({str(answer.headers) for answer in answers}) == 1


async def test_invented_accents_keep_the_last_documents_only(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    for number in range(DOCUMENTS_KEPT + 8):
        assert (await client.get(f"/w/{token}?accent={number:06x}")).status_code == 200
    assert len(service.documents) == DOCUMENTS_KEPT


async def test_invented_tokens_share_one_document(
    client: httpx.AsyncClient, service: Service
) -> None:
    for number in range(20):
        assert (await client.get(f"/w/invented-{number}?whatever={number}")).status_code == 200
    assert len(service.documents) == 1


async def test_only_what_can_be_a_zip_is_remembered(
    client: httpx.AsyncClient, service: Service
) -> None:
    for text in ("94110", "94110-1234", "9" * 11, "x" * 5000):
        answer = await client.get("/api/v1/legislators", params={"zip": text})
        assert answer.json()["query"] == text
    assert len(service.answers) == 2


def test_a_shelf_keeps_what_was_asked_for_last() -> None:
    shelf: Shelf[str] = Shelf(2)
    for key in "abac":
        shelf.get(key, lambda: "first")
    assert [shelf.get(key, lambda: "again") for key in "acb"] == ["first", "first", "again"]
