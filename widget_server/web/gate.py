"""What every request passes first and every answer last: the service around which it stands in,
the same service for those alone who call it by its name out.

A page elsewhere can have its own name lead to this machine, and then speak for it in a browser.
"""

from collections.abc import Iterable

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..errors import HostError
from .problems import on_error
from .security import guarded

#: Asked by machines that know a number only; what they are told depends on no host.
FOR_MONITORS = frozenset({"/healthz", "/readyz", "/metrics"})


class Gate:
    """Refuses requests to other ``names``, whatever the port, and guards every answer."""

    def __init__(self, app: ASGIApp, names: Iterable[str]) -> None:
        self._app = app
        self._names = frozenset(name.lower().encode() for name in names)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, or refuse it."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = guarded(message["headers"])
            await send(message)

        if self._is_meant(scope):
            return await self._app(scope, receive, send_guarded)
        response = await on_error(Request(scope, receive, send), HostError())
        await response(scope, receive, send_guarded)

    def _is_meant(self, scope: Scope) -> bool:
        """Whether the request names exactly one host, and one of ours."""
        named = [value for name, value in scope["headers"] if name == b"host"]
        ours = len(named) == 1 and _without_port(named[0]).lower() in self._names
        return ours or scope["path"] in FOR_MONITORS


def _without_port(host: bytes) -> bytes:
    """``act.example.org`` of ``act.example.org:8000``, ``[::1]`` of ``[::1]:8000``."""
    name, colon, port = host.rpartition(b":")
    return name if colon and port.isdigit() else host
