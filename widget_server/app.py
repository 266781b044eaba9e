"""The one place where the service is wired: settings in, an ASGI application out."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware

from .campaigns import Campaigns, campaign_parents
from .errors import ThreestepsError
from .find.roster import Roster
from .keys import Keyring
from .settings import Settings
from .store.store import Store
from .web.front import Fronted
from .web.geocoding import Geocoder, keep_addresses_out_of_logs, new_client
from .web.metrics import registry
from .web.outside import Outside
from .web.pages import Pages
from .web.problems import on_error
from .web.responses import CountResponses, Responses
from .web.routes import ROUTES
from .web.service import Service


def create_app(
    settings: Settings,
    *,
    http: httpx.AsyncClient | None = None,
    campaigns: Campaigns | None = None,
    outside: Outside | None = None,
) -> Starlette:
    """The service for these settings. It opens the store when it starts and drains it at its end.

    ``http`` asks the geocoder; the service closes it at its end. ``campaigns`` may have mistakes,
    which those of the settings' folders, read without it, must not. ``outside`` asks where
    partners point to.

    Raises SetupError when the installation is wrong.
    """
    campaigns = campaigns or Campaigns.load(campaign_parents(settings))
    keyring = Keyring.open(settings.keys)
    roster = Roster.newest(settings.home)
    store = Store.open(settings, serving=True)
    keep_addresses_out_of_logs()
    client = http or new_client()
    geocoder = Geocoder(settings.geocoder_url, client)
    service = Service(
        settings,
        store,
        roster,
        campaigns,
        keyring,
        Pages(),
        geocoder,
        outside=outside or Outside(),
    )

    responses = Responses()
    app = Fronted(
        routes=ROUTES,
        exception_handlers={
            ThreestepsError: on_error,
            HTTPException: on_error,
            Exception: on_error,
        },
        middleware=[Middleware(CountResponses, responses)],
        lifespan=lambda _: _running(service, client),
    )
    app.state.service = service
    app.state.metrics = registry(service, responses)
    app.responses = responses
    app.names = settings.names
    return app


@asynccontextmanager
async def _running(service: Service, client: httpx.AsyncClient) -> AsyncIterator[None]:
    """What goes on beside the requests, and at the end the last commit."""
    service.refresh()
    chores = [
        service.keep_fresh(),
        service.nightly.run(),
        service.retention.run(),
        service.webhooks.run(),
        service.watch.run(),
    ]
    if service.settings.syncs_daily:
        chores.append(service.daily_sync.run(service.roster.synced_at))
    tasks = [asyncio.create_task(chore) for chore in chores]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await client.aclose()
        service.store.close()
