"""A service with everybody signed in, whose geocoder and whose partners' sites are not there."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.conftest import ORIGIN
from widget_server.app import create_app
from widget_server.model import Partner
from widget_server.seal import KeyPair
from widget_server.settings import Settings
from widget_server.store.generations import ORGANISER_SESSIONS, current
from widget_server.tokens import Grant
from widget_server.web.outside import Outside
from widget_server.web.service import Service


async def nobody(host: str, port: int) -> list[str]:
    raise OSError("no such host")


async def arriving(body: bytes) -> AsyncIterator[bytes]:
    """A body that is read as it comes."""
    yield body


def nowhere(request: httpx.Request) -> httpx.Response:
    """A geocoder that knows no address."""
    return httpx.Response(200, content=arriving(b'{"result": {"addressMatches": []}}'))


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """Whoever tries everything is no crowd."""
    return replace(settings, limits=False)


@pytest.fixture
def app(settings: Settings, key_pair: KeyPair) -> Iterator[Starlette]:
    http = httpx.AsyncClient(transport=httpx.MockTransport(nowhere))
    app = create_app(settings, http=http, outside=Outside(resolve=nobody))
    yield app
    app.state.service.store.close()


def sessions(service: Service, partner: Partner) -> dict[str, str]:
    """The cookies of a partner and of the organiser, as of now."""
    with service.store.read() as connection:
        organiser = current(connection, ORGANISER_SESSIONS)
    row = service.partners.get(partner.slug, partner)
    return {
        "threesteps_partner": service.tokens.session(Grant(row.slug, row.session_generation)),
        "threesteps_organiser": service.tokens.organiser_session(organiser),
    }


@pytest.fixture
def signed_in(app: Starlette, service: Service, partner: Partner) -> httpx.AsyncClient:
    """A browser that is signed in as partner and as organiser."""
    service.refresh()
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    cookies = sessions(service, partner)
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies)


def filled(path: str, **params: str) -> str:
    """The path of a route with its parameters in it."""
    return re.sub(r"\{(\w+)\}", lambda found: params[found[1]], path)
