"""The way in: an address in, its handler found at once; what is not found, for Starlette's router.

That router asks one route after the other, each with a regular expression, and what it finds is
wrapped five times. Here one dictionary knows every address that is the same for all, or that
differs in the token of a widget alone. Both ways lead to the same handlers and the same errors.
"""

from collections.abc import Awaitable, Callable, Collection, Iterable
from time import perf_counter

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ..errors import ThreestepsError
from .gate import Gate
from .problems import on_error
from .responses import Responses
from .routes import ROUTES

Handler = Callable[[Request], Awaitable[Response]]

WIDGET = "/w/"
TOKEN = WIDGET + "{token}"
EXPECTED = (ThreestepsError, HTTPException)


class Fronted(Starlette):
    """Starlette with the front before it, and the gate before both.

    It answers to ``names``; its answers are counted in ``responses``.
    """

    responses: Responses
    names: Collection[str]

    def build_middleware_stack(self) -> ASGIApp:
        """What answers every request."""
        return Gate(Front(super().build_middleware_stack(), ROUTES, self.responses), self.names)


class Front:
    """Answers what ``routes`` say, where one look is enough to find it.

    ``responses`` gets each, by the name of its handler.
    """

    def __init__(self, app: ASGIApp, routes: Iterable[Route], responses: Responses) -> None:
        self._app = app
        self._responses = responses
        self._handlers: dict[tuple[str, str], Handler] = {
            (method, route.path): route.endpoint
            for route in routes
            if "{" not in route.path.removeprefix(TOKEN)
            for method in route.methods or ()
        }

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer the request, or hand it on."""
        handler = self._handler(scope)
        if handler is None:
            return await self._app(scope, receive, send)
        began = perf_counter()
        request = Request(scope, receive, send)
        unexpected: Exception | None = None
        try:
            response = await handler(request)
        except Exception as error:
            response = await on_error(request, error)
            unexpected = None if isinstance(error, EXPECTED) else error
        name = scope["endpoint"].__name__
        self._responses.note(name, response.status_code, perf_counter() - began)
        await response(scope, receive, send)
        if unexpected:
            raise unexpected  # for the log

    def _handler(self, scope: Scope) -> Handler | None:
        """What answers here; the scope then says what a router would have said in it."""
        if scope["type"] != "http" or scope.get("root_path"):
            return None
        path, params = scope["path"], {}
        if path.startswith(WIDGET):
            token, slash, step = path[len(WIDGET) :].partition("/")
            path, params = f"{TOKEN}{slash}{step}", {"token": token}
            if not token:
                return None
        handler = self._handlers.get((scope["method"], path))
        if handler:
            scope["endpoint"], scope["path_params"] = handler, params
        return handler
