"""A service with everybody signed in, whose geocoder and whose partners' sites are not there."""

import re
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace

import httpx
import pytest
from starlette.applications import Starlette

from tests.web.conftest import ORIGIN
from tests.web.hostile.sender import Sender, sessions
from widget_server.app import create_app
from widget_server.model import Partner
from widget_server.seal import KeyPair
from widget_server.settings import Settings
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


@pytest.fixture
def signed_in(app: Starlette, service: Service, partner: Partner) -> httpx.AsyncClient:
    """A browser that is signed in as partner and as organiser."""
    service.refresh()
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    cookies = sessions(service, partner)
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN, cookies=cookies)


@pytest.fixture
def sender(app: Starlette, service: Service, partner: Partner) -> Iterator[Sender]:
    service.refresh()
    sender = Sender(app, service, partner)
    yield sender
    sender.close()


def filled(path: str, **params: str) -> str:
    """The path of a route with its parameters in it."""
    return re.sub(r"\{(\w+)\}", lambda found: params[found[1]], path)
