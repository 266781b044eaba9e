"""Everything that hypothesis can think of, and much like it, sent to every route.

No answer is one of our own failures, and what is stored afterwards stands a strict reading.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from secrets import token_urlsafe
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.types import Message

from tests.web.conftest import ORIGIN, token_of
from tests.web.hostile.conftest import sessions
from tests.web.hostile.requests import Asked, asked
from tests.web.hostile.stored import faults
from tests.web.hostile.variations import variations
from widget_server.model import Partner, Visit
from widget_server.tokens import Grant
from widget_server.web.routes import ROUTES
from widget_server.web.service import Service

#: Requests to each route, and how many of them go back to the same few.
REQUESTS = 40
SIGNED_IN_REQUESTS = GROUP = 20
MANY_REQUESTS = 100_000
LARGE_GROUP = 200
#: At a time, as visitors come; what ends sessions or tokens comes alone.
AT_ONCE = 20
ENDING = ("/sign-out-everywhere", "/rotate", "/revoke")
#: oEmbed in a format that we do not write, as its specification has it.
SAID_SO = {501}

PARTS = ("w", "partner", "organiser", "others")
SIGNED_IN = {"partner", "organiser"}
EVERYTHING = sorted(
    {(method, route.path) for route in ROUTES for method in route.methods or () if method != "HEAD"}
)


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


@pytest.fixture
def sender(app: Starlette, service: Service, partner: Partner) -> Iterator[Sender]:
    service.refresh()
    sender = Sender(app, service, partner)
    yield sender
    sender.close()


@pytest.mark.soak
@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_is_asked_is_our_failure(
    sender: Sender,
    service: Service,
    part: str,
    soaking: bool,
    figure: Callable[[str], None],
) -> None:
    few = SIGNED_IN_REQUESTS if part in SIGNED_IN else REQUESTS
    for method, path in EVERYTHING:
        if part_of(path) == part:
            number, group = (MANY_REQUESTS, LARGE_GROUP) if soaking else (few, GROUP)
            at_once = 1 if path.endswith(ENDING) else AT_ONCE
            statuses = asked_often(sender, asked(method, path), number // group, group, at_once)
            said = f"{method} {path}: {statuses.total()} requests, {dict(sorted(statuses.items()))}"
            print(said, flush=True)
            figure(said)
    assert faults(service) == []


def asked_often(
    sender: Sender, requests: st.SearchStrategy[Asked], groups: int, group: int, at_once: int
) -> Counter[int]:
    """What answered so many groups of requests; an AssertionError names one that failed."""
    statuses: Counter[int] = Counter()

    @settings(
        max_examples=groups,
        phases=[Phase.generate, Phase.shrink],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(requests, min_size=2, max_size=6), st.integers(0, 2**32))
    def every(some: list[Asked], seed: int) -> None:
        many = variations(some, group, random.Random(seed), sender.spelt)
        while sent := list(islice(many, at_once)):
            answers = sender.send(sent)
            statuses.update(answers)
            pairs = zip(sent, answers, strict=True)
            assert [each for each, status in pairs if is_failure(status)] == []

    every()
    return statuses


def is_failure(status: int) -> bool:
    """Whether it is ours."""
    return status >= 500 and status not in SAID_SO


def part_of(path: str) -> str:
    """Which part of the service a route belongs to."""
    first = path.split("/")[1]
    return first if first in PARTS else "others"
