"""Asking the geocoder: an address in, an outcome out, within a bounded time and whatever happens.

What to ask and how to read the answer is decided in ``find.geocoder``; here are the network, its
limits and its failures.
"""

import asyncio
import logging
from datetime import datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from urllib.parse import urlsplit

import httpx

from ..find import geocoder
from ..find.address import Address
from ..find.geocoder import BadAddress, Outage, Outcome, Question
from ..settings import USER_AGENT
from .breaker import Breaker
from .memory import Memory

#: One attempt, from the connection to the last byte of the body.
TIMEOUT_SECONDS = 6.0
ATTEMPTS = 2
#: More than these at a time are not asked at all: they would only wait for each other.
MOST_AT_ONCE = 32
#: Real answers have two to twenty kilobytes.
MOST_BODY_BYTES = 1024 * 1024


def new_client() -> httpx.AsyncClient:
    """A client that carries nothing from one visitor to the next: no cookies, no environment.

    Answers are asked for uncompressed, so that none can grow in memory.
    """
    return httpx.AsyncClient(
        headers={"User-Agent": USER_AGENT, "Accept-Encoding": "identity"},
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=[])),
        timeout=TIMEOUT_SECONDS,
        limits=httpx.Limits(max_connections=MOST_AT_ONCE),
        trust_env=False,
    )


def keep_addresses_out_of_logs() -> None:
    """Silence the HTTP client, which logs whole URLs (httpx at INFO, httpcore at DEBUG)."""
    for name in ("httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


async def locate_once(origin: str, address: Address, now: datetime) -> Outcome:
    """Ask about one address and be done, as a command does."""
    keep_addresses_out_of_logs()
    async with new_client() as client:
        return await Geocoder(origin, client).locate(address, now)


class Geocoder:
    """The geocoder at ``origin``, asked through ``client``."""

    def __init__(
        self,
        origin: str,
        client: httpx.AsyncClient,
        *,
        timeout_seconds: float = TIMEOUT_SECONDS,
        most_at_once: int = MOST_AT_ONCE,
        breaker: Breaker | None = None,
        memory: Memory | None = None,
    ) -> None:
        self._origin = origin
        self._client = client
        self._timeout_seconds = timeout_seconds
        self._most_at_once = most_at_once
        self._at_once = 0
        self._memory = memory or Memory()
        self._breaker = breaker or Breaker()

    async def locate(self, address: Address, now: datetime) -> Outcome:
        """Where ``address`` lies under the lines in force at ``now``. Raises nothing.

        Takes at most two timeouts, and no time while the breaker is open.
        """
        if not address.can_be_asked:
            return BadAddress()
        question = geocoder.question(address, now)
        outcome = self._memory.recall(question)
        if outcome is not None:
            return outcome
        if self._at_once >= self._most_at_once:
            return Outage("too many at once")
        self._at_once += 1
        try:
            outcome = await self._ask(question)
        finally:
            self._at_once -= 1
            # The cookie jar of httpx has read the URL, and with it the address.
            urlsplit.cache_clear()  # type: ignore[attr-defined] # it is an lru_cache
        self._memory.keep(question, outcome)
        return outcome

    @property
    def is_out(self) -> bool:
        """Whether the service fails, so that addresses get their ZIP's answer."""
        return self._breaker.is_open

    async def _ask(self, question: Question) -> Outcome:
        outcome: Outcome = Outage("not asked after repeated failures")
        for _ in range(ATTEMPTS):
            if not self._breaker.lets_through():
                break
            outcome = await self._attempt(question)
            if not isinstance(outcome, Outage):
                self._breaker.succeeded()
                break
            if outcome.is_failure:
                self._breaker.failed()
        return outcome

    async def _attempt(self, question: Question) -> Outcome:
        try:
            async with asyncio.timeout(self._timeout_seconds):
                return await self._fetch(question)
        except TimeoutError:
            return Outage("no answer in time")
        except (httpx.HTTPError, OSError) as error:
            return Outage(type(error).__name__)

    async def _fetch(self, question: Question) -> Outcome:
        url = self._origin + geocoder.PATH
        async with self._client.stream(
            "GET", url, params=question.params, follow_redirects=False
        ) as response:
            if response.headers.get("content-encoding", "identity") != "identity":
                return Outage("compressed")
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > MOST_BODY_BYTES:
                    return Outage("too long")
            return geocoder.read(response.status_code, bytes(body), question)
