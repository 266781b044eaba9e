"""The gate: requests that name another host stay outside, and no answer goes without its guard."""

from collections import Counter

import httpx
import pytest
from starlette.applications import Starlette

from widget_server.app import create_app
from widget_server.settings import Settings

pytestmark = pytest.mark.anyio


def at(app: Starlette, origin: str) -> httpx.AsyncClient:
    """A browser that was led to the service by this address."""
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=origin)


@pytest.mark.parametrize("host", ["act.example.org", "ACT.example.org", "act.example.org:8443"])
async def test_the_public_host_is_answered_at_every_port(app: Starlette, host: str) -> None:
    answer = await at(app, "https://act.example.org").get("/c/hketo", headers={"Host": host})
    assert answer.status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "127.0.0.1", "localhost", "[::1]:80", "", "act.example.org."),
        *("act.example.org.evil.example", "evil.example:act.example.org", "act.example.org:x"),
        *("act.example.org:80:80", "act.example.org@evil.example", "evil.act.example.org"),
    ],
)
@pytest.mark.parametrize("path", ["/c/hketo", "/embed.js", "/w/x", "/partner", "/nowhere"])
async def test_another_host_is_refused(app: Starlette, host: str, path: str) -> None:
    headers = {"Host": host, "Accept": "application/json"}
    answer = await at(app, "https://act.example.org").get(path, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (421, "bad_host")


@pytest.mark.parametrize("hosts", [[], ["act.example.org", "evil.example"]])
async def test_exactly_one_host_must_be_named(app: Starlette, hosts: list[str]) -> None:
    request = httpx.Request("GET", "https://act.example.org/c/hketo")
    request.headers = httpx.Headers([("host", host) for host in hosts])
    assert (await at(app, "https://act.example.org").send(request)).status_code == 421


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_monitors_are_answered_under_every_name(app: Starlette, path: str) -> None:
    assert (await at(app, "http://10.0.0.8:8000").get(path)).status_code == 200


async def test_another_name_can_be_allowed(settings: Settings) -> None:
    named = Settings(settings.home, settings.keys, hosts=("old.example.org",))
    app = create_app(named)
    try:
        assert (await at(app, "http://old.example.org").get("/c/hketo")).status_code == 200
        assert (await at(app, "http://127.0.0.1:8000").get("/c/hketo")).status_code == 200
        assert (await at(app, "http://act.example.org").get("/c/hketo")).status_code == 421
    finally:
        app.state.service.store.close()


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "OPTIONS"])
@pytest.mark.parametrize(
    "path",
    [
        *("/embed.js", "/w/x", "/w/x/find", "/w/x/submit", "/c/hketo", "/c/hketo/privacy"),
        *("/oembed", "/api/v1/legislators?zip=94110", "/api/v1/openapi.json", "/api/v1/counts"),
        *("/partner", "/partner/counts.csv", "/organiser", "/healthz", "/readyz", "/metrics"),
        *("/robots.txt", "/.well-known/security.txt", "/nowhere"),
    ],
)
async def test_every_answer_says_who_may_read_it(
    client: httpx.AsyncClient, method: str, path: str
) -> None:
    headers = (await client.request(method, path)).headers
    assert headers["cross-origin-resource-policy"] in {"same-origin", "cross-origin"}
    assert headers["x-content-type-options"] == "nosniff"
    twice = [name for name, times in Counter(name for name, _ in headers.raw).items() if times > 1]
    assert set(twice) <= {b"set-cookie"}
