"""What was asked goes to the application, with tokens and sessions that are valid; statuses out."""

import asyncio
from collections.abc import Sequence
from secrets import token_urlsafe
from urllib.parse import unquote, urlsplit

from starlette.applications import Starlette
from starlette.types import Message

from tests.web.conftest import ORIGIN, token_of
from tests.web.hostile.requests import Asked
from widget_server.model import Partner, Visit
from widget_server.store.generations import ORGANISER_SESSIONS, current
from widget_server.tokens import Grant
from widget_server.web.service import Service


def sessions(service: Service, partner: Partner) -> dict[str, str]:
    """The cookies of a partner and of the organiser, as of now."""
    with service.store.read() as connection:
        organiser = current(connection, ORGANISER_SESSIONS)
    row = service.partners.get(partner.slug, partner)
    return {
        "threesteps_partner": service.tokens.session(Grant(row.slug, row.session_generation)),
        "threesteps_organiser": service.tokens.organiser_session(organiser),
    }


class Sender:
    """Sends what was asked, with tokens and sessions that are valid at that moment."""

    def __init__(self, app: Starlette, service: Service, partner: Partner) -> None:
        self._app, self._service, self._partner = app, service, partner
        self._runner = asyncio.Runner()
        self._renew()

    def spelt(self, request: Asked) -> Asked:
        """The request with what is valid now in the place of its name."""
        path, body, headers = request.path, request.body, request.headers
        valid = self._organisers if path.startswith("/organiser") else self._partners
        for name, value in {**valid, "VISIT": self._visit()}.items():
            path = path.replace(name, value)
            body = body.replace(name.encode(), value.encode())
            headers = {key: text.replace(name, value) for key, text in headers.items()}
        return Asked(request.method, path, body, {**headers, "Cookie": self._cookie})

    def send(self, requests: Sequence[Asked]) -> list[int]:
        """The status of each answer."""
        statuses = self._runner.run(self._send(requests))
        self._renew()
        return statuses

    def close(self) -> None:
        """Forget the loop."""
        self._runner.close()

    async def _send(self, requests: Sequence[Asked]) -> list[int]:
        return await asyncio.gather(*(answered(self._app, request) for request in requests))

    def _renew(self) -> None:
        """Sign in, and take the partner's tokens, as of now."""
        tokens = self._service.tokens
        row = self._service.partners.get(self._partner.slug, self._partner)
        cookies = sessions(self._service, row)
        self._cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._partners = {
            "TOKEN": token_of(self._service, row),
            "FORM": tokens.form(cookies["threesteps_partner"]),
            "KEY": tokens.api_key(Grant(row.slug, row.api_generation)),
        }
        self._organisers = {"FORM": tokens.form(cookies["threesteps_organiser"])}

    def _visit(self) -> str:
        visit = Visit(token_urlsafe(12), "hketo", self._partner.slug, 1, "CA", "CA-11", 119)
        return self._service.tokens.visit(visit)


async def answered(app: Starlette, request: Asked) -> int:
    """The status with which the application answers; 500 for what it lets fall."""
    path, _, query = request.path.partition("?")
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: Message) -> None:
        statuses.append(message.get("status", 0))

    headers = {"Host": urlsplit(ORIGIN).netloc, **request.headers}
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": request.method,
        "scheme": "https",
        "path": unquote(path),
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": ("192.0.2.1", 50_000),
        "server": ("act.example.org", 443),
    }
    try:
        await app(scope, receive, send)
    except Exception:  # whatever it is, a server would answer so
        return 500
    return statuses[0]
