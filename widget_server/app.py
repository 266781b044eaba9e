"""The one place where the service is wired: settings in, an ASGI application out."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from .campaigns import Campaigns, campaign_parents
from .errors import ThreestepsError
from .find.roster import Roster
from .keys import Keyring
from .settings import Settings
from .store.store import Store
from .web.metrics import CountResponses, Metrics
from .web.pages import Pages
from .web.problems import on_error
from .web.routes import ROUTES
from .web.service import Service


def create_app(settings: Settings, *, extra_routes: Sequence[BaseRoute] = ()) -> Starlette:
    """The service for these settings. It opens the store when it starts and drains it at its end.

    Raises SetupError when the installation is wrong.
    """
    campaigns = Campaigns.load(campaign_parents(settings))
    keyring = Keyring.open(settings.keys)
    roster = Roster.load()
    store = Store.open(settings, serving=True)
    service = Service(settings, store, roster, campaigns, keyring, Pages())

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        service.refresh()
        freshness = asyncio.create_task(service.keep_fresh())
        try:
            yield
        finally:
            freshness.cancel()
            with suppress(asyncio.CancelledError):
                await freshness
            store.close()

    metrics = Metrics()
    app = Starlette(
        routes=[*ROUTES, *extra_routes],
        exception_handlers={
            ThreestepsError: on_error,
            HTTPException: on_error,
            Exception: on_error,
        },
        middleware=[Middleware(CountResponses, metrics)],
        lifespan=lifespan,
    )
    app.state.service = service
    app.state.metrics = metrics
    return app
