"""The service in this process, asked without a socket: a frozen clock, a folder of its own."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from widget_server.app import create_app
from widget_server.campaigns import Campaigns, campaign_parents, shipped_campaigns
from widget_server.keys import Keyring, add_public_key
from widget_server.model import Embed, Partner
from widget_server.seal import KeyPair, generate_key_pair
from widget_server.settings import Settings
from widget_server.store import Store, partners
from widget_server.tokens import Grant
from widget_server.web.service import Service

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
ORIGIN = "https://act.example.org"
SITE = "https://harborvoices.example"


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, keys=tmp_path / "keys", public_url=ORIGIN, now=NOW)


@pytest.fixture
def key_pair(settings: Settings) -> KeyPair:
    """The campaign's keys, in place before the service starts."""
    Keyring.open(settings.keys)
    pair = generate_key_pair()
    for folder in shipped_campaigns().iterdir():
        add_public_key(settings.keys, folder.name, pair.public)
    return pair


@pytest.fixture(scope="session")
def new_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with nothing but empty tables, to be copied: to migrate takes longer than a test."""
    home = tmp_path_factory.mktemp("new") / "home"
    Store.open(Settings(home=home, keys=home / "keys"), serving=True).close()
    return home


@pytest.fixture(scope="session")
def shipped() -> Campaigns:
    """The campaigns of the product, read once for all tests."""
    return Campaigns.load([shipped_campaigns()])


@pytest.fixture
def app(
    settings: Settings, key_pair: KeyPair, new_home: Path, shipped: Campaigns
) -> Iterator[Starlette]:
    shutil.copytree(new_home, settings.home, dirs_exist_ok=True)
    campaigns = replace(shipped, folders=campaign_parents(settings)).refreshed()
    # To read whom a client may trust with HTTPS takes longer than a test, too.
    http = httpx.AsyncClient(verify=False, trust_env=False)
    app = create_app(settings, http=http, campaigns=campaigns)
    yield app
    app.state.service.store.close()


@pytest.fixture
def service(app: Starlette) -> Service:
    service: Service = app.state.service
    return service


@pytest.fixture
def partner(service: Service) -> Partner:
    return add_partner(service, "Harbor <Voices>", SITE)


@pytest.fixture
def token(service: Service, partner: Partner) -> str:
    return token_of(service, partner)


@pytest.fixture
def client(app: Starlette) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url=ORIGIN)


@pytest.fixture
async def signed_in(
    client: httpx.AsyncClient, service: Service, partner: Partner
) -> httpx.AsyncClient:
    """A browser with a session of the partner."""
    link = service.tokens.link(Grant(partner.slug, partner.session_generation))
    assert (await client.get(f"/partner?link={link}")).status_code == 303
    return client


@pytest.fixture
def form(signed_in: httpx.AsyncClient, service: Service) -> str:
    """What the forms of the partner's pages carry."""
    return service.tokens.form(signed_in.cookies["threesteps_partner"])


@pytest.fixture
async def organiser(client: httpx.AsyncClient, service: Service) -> httpx.AsyncClient:
    """A browser with a session of the console."""
    link = service.tokens.organiser_link(1)
    assert (await client.get(f"/organiser?link={link}")).status_code == 303
    return client


@dataclass
class Widget:
    """A program that uses the widget of one token, in JSON."""

    client: httpx.AsyncClient
    token: str

    async def post(self, step: str, accept: str = "application/json", **fields: str) -> Any:
        headers = {"Accept": accept}
        return await self.client.post(f"/w/{self.token}/{step}", data=fields, headers=headers)

    async def found(self, place: str = "94110") -> Any:
        answer = await self.post("find", zip=place)
        assert answer.status_code == 200, answer.text
        return answer.json()


@pytest.fixture
def widget(client: httpx.AsyncClient, token: str) -> Widget:
    return Widget(client, token)


def add_partner(service: Service, name: str, site: str) -> Partner:
    return service.store.write(lambda rows: partners.add(rows, name, [site], NOW)).result()


def token_of(service: Service, partner: Partner) -> str:
    return service.tokens.embed(Embed("hketo", partner.slug, partner.generation))
