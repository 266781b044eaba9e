"""What crawlers and finders of weaknesses read."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.robotparser import RobotFileParser

import httpx
import pytest

from tests.web.conftest import NOW, ORIGIN
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


async def security_of(client: httpx.AsyncClient) -> dict[str, str]:
    """The fields of security.txt."""
    answer = await client.get("/.well-known/security.txt")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    return dict(line.split(": ", 1) for line in answer.text.splitlines())


async def test_weaknesses_are_reported_to_the_organiser(client: httpx.AsyncClient) -> None:
    said = await security_of(client)
    assert said["Contact"] == "mailto:hello@coalition.example.org"
    assert said["Canonical"] == f"{ORIGIN}/.well-known/security.txt"


async def test_another_contact_can_be_set(client: httpx.AsyncClient, service: Service) -> None:
    contact = "https://example.org/security"
    service.settings = replace(service.settings, security_contact=contact)
    assert (await security_of(client))["Contact"] == contact


async def test_the_contact_expires_within_a_year(client: httpx.AsyncClient) -> None:
    expires = datetime.fromisoformat((await security_of(client))["Expires"])
    assert expires.tzinfo == UTC
    assert timedelta(days=30) < expires - NOW < timedelta(days=365)


@pytest.mark.parametrize(
    ("path", "seen"),
    [
        *(("/c/hketo", True), ("/c/hketo/privacy", True), ("/embed.js", True), ("/w/x", True)),
        *(("/partner", False), ("/organiser", False), ("/api/v1/counts", False)),
    ],
)
async def test_crawlers_see_what_is_for_everybody(
    client: httpx.AsyncClient, path: str, seen: bool
) -> None:
    rules = RobotFileParser()
    rules.parse((await client.get("/robots.txt")).text.splitlines())
    assert rules.can_fetch("AnyBot", f"{ORIGIN}{path}") is seen
