"""Everything that hypothesis can think of, sent to every route.

No answer is one of our own failures, and what is stored afterwards stands a strict reading.
"""

import asyncio
from collections import Counter
from collections.abc import Callable

import httpx
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from starlette.applications import Starlette

from tests.web.conftest import ORIGIN, token_of
from tests.web.hostile.conftest import sessions
from tests.web.hostile.requests import Asked, asked
from tests.web.hostile.stored import faults
from widget_server.model import Partner
from widget_server.tokens import Grant
from widget_server.web.routes import ROUTES
from widget_server.web.service import Service

REQUESTS = 8
MANY_REQUESTS = 100_000
#: oEmbed in a format that we do not write, as its specification has it.
SAID_SO = {501}

PARTS = ("w", "partner", "organiser", "others")
EVERYTHING = sorted(
    {(method, route.path) for route in ROUTES for method in route.methods or () if method != "HEAD"}
)


class Sender:
    """Sends what was asked, with tokens and sessions that are valid at that moment."""

    def __init__(self, app: Starlette, service: Service, partner: Partner) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url=ORIGIN)
        self._service, self._partner = service, partner
        self._runner = asyncio.Runner()

    def send(self, request: Asked) -> httpx.Response:
        """What comes back."""
        return self._runner.run(self._send(request))

    def close(self) -> None:
        """Forget the loop."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    async def _send(self, request: Asked) -> httpx.Response:
        valid, cookies = await self._valid(), sessions(self._service, self._partner)
        whose = "organiser" if request.path.startswith("/organiser") else "partner"
        valid["FORM"] = self._service.tokens.form(cookies[f"threesteps_{whose}"])
        path, body = request.path, request.body
        for name, spelt in valid.items():
            path = path.replace(name, spelt)
            body = body.replace(name.encode(), spelt.encode())
        headers = {
            name: value.replace("KEY", valid["KEY"]) for name, value in request.headers.items()
        }
        cookie = "; ".join(f"{name}={value}" for name, value in cookies.items())
        return await self._client.request(
            request.method, path, content=body, headers={**headers, "Cookie": cookie}
        )

    async def _valid(self) -> dict[str, str]:
        tokens, partner = self._service.tokens, self._partner
        embed = token_of(self._service, partner)
        found = await self._client.post(
            f"/w/{embed}/find", data={"zip": "94110"}, headers={"Accept": "application/json"}
        )
        return {
            "TOKEN": embed,
            "VISIT": found.json()["visit"],
            "KEY": tokens.api_key(Grant(partner.slug, 1)),
        }


@pytest.fixture
def sender(app: Starlette, service: Service, partner: Partner) -> Sender:
    service.refresh()
    return Sender(app, service, partner)


@pytest.mark.soak
@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_is_asked_is_our_failure(
    sender: Sender,
    service: Service,
    part: str,
    soaking: bool,
    figure: Callable[[str], None],
) -> None:
    times = MANY_REQUESTS if soaking else REQUESTS
    for method, path in EVERYTHING:
        if part_of(path) == part:
            statuses = asked_often(sender, method, path, times)
            figure(
                f"{method} {path}: {statuses.total()} requests, {dict(sorted(statuses.items()))}"
            )
    sender.close()
    assert faults(service) == []


def asked_often(sender: Sender, method: str, path: str, times: int) -> Counter[int]:
    """What answered so many requests for a route; an AssertionError names one that failed."""
    statuses: Counter[int] = Counter()

    @settings(
        max_examples=times,
        phases=[Phase.generate, Phase.shrink],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(asked(method, path))
    def every(request: Asked) -> None:
        answer = sender.send(request)
        statuses[answer.status_code] += 1
        assert answer.status_code < 500 or answer.status_code in SAID_SO, request

    every()
    return statuses


def part_of(path: str) -> str:
    """Which part of the service a route belongs to."""
    first = path.split("/")[1]
    return first if first in PARTS else "others"
