"""Asking a real server that fails in every way: bounded in time, in size and in number."""

import asyncio
import json
import logging
import time
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest

from tests.geocoder_faults import FAULTS, FOUND
from tests.geocoder_server import (
    Behaviour,
    Connection,
    GeocoderServer,
    geocoder_server,
    reply,
    sample,
)
from tests.web.conftest import NOW
from widget_server.find.address import Address
from widget_server.find.geocoder import BadAddress, Located, NoMatch, Outage
from widget_server.web.breaker import Breaker
from widget_server.web.geocoding import (
    MOST_AT_ONCE,
    TIMEOUT_SECONDS,
    Geocoder,
    keep_addresses_out_of_logs,
    new_client,
)
from widget_server.web.memory import Memory

pytestmark = pytest.mark.anyio

ADDRESS = Address.parse("1 Example Ave, Austin TX 78701")
TX_37 = Located(("TX-37",), ("TX",))
SHORT_SECONDS = 0.2


@pytest.fixture
def upstream() -> Iterator[GeocoderServer]:
    with geocoder_server() as server:
        yield server


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with new_client() as client:
        yield client


@pytest.fixture
def geocoder(upstream: GeocoderServer, http: httpx.AsyncClient) -> Geocoder:
    return Geocoder(upstream.origin, http)


@pytest.fixture
def impatient(upstream: GeocoderServer, http: httpx.AsyncClient) -> Geocoder:
    return Geocoder(upstream.origin, http, timeout_seconds=SHORT_SECONDS)


class Clock:
    """Seconds that pass when told."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


async def test_an_address_is_located(geocoder: Geocoder, upstream: GeocoderServer) -> None:
    assert await geocoder.locate(ADDRESS, NOW) == TX_37
    assert upstream.asked["address"] == "1 Example Ave, Austin, TX, 78701"
    assert upstream.asked["vintage"] == "ACS2025_Current"
    assert upstream.requests[-1].startswith(b"GET /geocoder/geographies/onelineaddress?")


@pytest.mark.parametrize("fault", FAULTS)
async def test_what_is_no_answer_is_an_outage_in_time(
    impatient: Geocoder, upstream: GeocoderServer, fault: str
) -> None:
    upstream.behaviour = FAULTS[fault]
    begin = time.monotonic()
    outcome = await impatient.locate(ADDRESS, NOW)
    assert time.monotonic() - begin < 2 * SHORT_SECONDS + 4
    assert isinstance(outcome, Outage)


async def test_a_connection_is_used_again(geocoder: Geocoder, upstream: GeocoderServer) -> None:
    for number in range(5):
        await geocoder.locate(Address.parse(f"{number} Example Ave"), NOW)
    assert (len(upstream.requests), upstream.connections) == (5, 1)


async def test_one_failure_is_tried_again(geocoder: Geocoder, upstream: GeocoderServer) -> None:
    def fail_once(connection: Connection) -> None:
        behaviour = reply(b"", "503 Busy") if len(upstream.requests) == 1 else reply(FOUND)
        behaviour(connection)

    upstream.behaviour = fail_once
    assert await geocoder.locate(ADDRESS, NOW) == TX_37


async def test_it_is_tried_no_third_time(geocoder: Geocoder, upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(b"", "503 Busy")
    assert await geocoder.locate(ADDRESS, NOW) == Outage("HTTP 503")
    assert len(upstream.requests) == 2


async def test_a_slow_drip_does_not_beat_the_clock(
    upstream: GeocoderServer, http: httpx.AsyncClient
) -> None:
    upstream.behaviour = FAULTS["dripping body"]
    begin = time.monotonic()
    outcome = await Geocoder(upstream.origin, http).locate(ADDRESS, NOW)
    assert outcome == Outage("no answer in time")
    assert 2 * TIMEOUT_SECONDS <= time.monotonic() - begin < 15


async def test_a_redirect_is_not_followed(geocoder: Geocoder, upstream: GeocoderServer) -> None:
    with geocoder_server() as elsewhere:
        upstream.behaviour = reply(b"", "302 Found", headers={"Location": elsewhere.origin})
        assert await geocoder.locate(ADDRESS, NOW) == Outage("HTTP 302")
        assert elsewhere.requests == []


async def test_no_cookie_is_carried_on(geocoder: Geocoder, upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(FOUND, headers={"Set-Cookie": "visitor=1; Path=/"})
    await geocoder.locate(ADDRESS, NOW)
    await geocoder.locate(Address.parse("2 Example Ave"), NOW)
    assert b"cookie" not in upstream.requests[-1].lower()


async def test_what_is_no_address_is_not_asked(
    geocoder: Geocoder, upstream: GeocoderServer
) -> None:
    assert await geocoder.locate(Address.parse("x" * 1000), NOW) == BadAddress()
    assert upstream.requests == []


async def test_after_repeated_silence_nothing_is_asked(
    impatient: Geocoder, upstream: GeocoderServer
) -> None:
    upstream.behaviour = FAULTS["silent"]
    for _ in range(2):
        await impatient.locate(ADDRESS, NOW)
    assert impatient.is_out
    upstream.behaviour = reply(FOUND)
    assert isinstance(await impatient.locate(ADDRESS, NOW), Outage)


async def test_after_the_pause_one_attempt_is_let_through(
    upstream: GeocoderServer, http: httpx.AsyncClient
) -> None:
    clock = Clock()
    geocoder = Geocoder(upstream.origin, http, breaker=Breaker(clock=clock))
    upstream.behaviour = reply(b"", "503 Busy")
    for _ in range(3):
        await geocoder.locate(ADDRESS, NOW)
    assert len(upstream.requests) == 4
    clock.now += 31
    await asyncio.gather(*(geocoder.locate(ADDRESS, NOW) for _ in range(5)))
    assert len(upstream.requests) == 5
    clock.now += 31
    upstream.behaviour = reply(FOUND)
    assert await geocoder.locate(ADDRESS, NOW) == TX_37
    assert not geocoder.is_out


async def test_answers_about_bad_addresses_are_no_failures(
    geocoder: Geocoder, upstream: GeocoderServer
) -> None:
    upstream.behaviour = reply(sample("no-street"), "400 Bad Request")
    for _ in range(6):
        assert await geocoder.locate(ADDRESS, NOW) == BadAddress()
    assert not geocoder.is_out


STRANGE = json.dumps({"errors": ["Something about this one."]}).encode()


@pytest.mark.parametrize(
    "behaviour",
    [
        reply(STRANGE, "400 Bad Request"),
        reply(STRANGE, "404 Not Found"),
        reply(STRANGE),
        reply(sample("layer-error")),
        FAULTS["one good match and one bad"],
        FAULTS["another state than its GEOID"],
        FAULTS["an empty object"],
    ],
)
async def test_a_strange_answer_about_one_address_harms_no_other(
    geocoder: Geocoder, upstream: GeocoderServer, behaviour: Behaviour
) -> None:
    upstream.behaviour = behaviour
    for _ in range(6):
        assert isinstance(await geocoder.locate(ADDRESS, NOW), Outage)
    assert not geocoder.is_out
    upstream.behaviour = reply(FOUND)
    assert await geocoder.locate(Address.parse("2 Example Ave"), NOW) == TX_37


@pytest.mark.parametrize(
    "fault",
    [
        "503",
        "500 with an answer",
        "HTML with 200",
        "nothing",
        "null",
        "a list",
        "400 of a proxy",
        "400 about the vintage",
        "429",
        "reset in the body",
        "ten megabytes",
        "gzip cut short",
    ],
)
async def test_a_service_that_fails_is_left_alone(
    geocoder: Geocoder, upstream: GeocoderServer, fault: str
) -> None:
    upstream.behaviour = FAULTS[fault]
    for _ in range(2):
        await geocoder.locate(ADDRESS, NOW)
    assert geocoder.is_out


async def test_more_than_a_few_at_once_are_not_asked(
    impatient: Geocoder, upstream: GeocoderServer
) -> None:
    upstream.behaviour = FAULTS["silent"]
    addresses = [Address.parse(f"{number} Example Ave") for number in range(MOST_AT_ONCE + 8)]
    outcomes = await asyncio.gather(*(impatient.locate(each, NOW) for each in addresses))
    assert outcomes.count(Outage("too many at once")) == 8
    assert len(upstream.requests) <= MOST_AT_ONCE + 8


async def test_many_timeouts_leave_no_connection_behind(
    upstream: GeocoderServer, http: httpx.AsyncClient
) -> None:
    patient = Geocoder(
        upstream.origin, http, timeout_seconds=0.05, breaker=Breaker(failures=10_000)
    )
    upstream.behaviour = FAULTS["silent in the body"]
    for _ in range(3):
        await asyncio.gather(*(patient.locate(ADDRESS, NOW) for _ in range(MOST_AT_ONCE)))
    upstream.behaviour = reply(FOUND)
    assert await Geocoder(upstream.origin, http).locate(ADDRESS, NOW) == TX_37


async def test_the_same_address_is_asked_once(geocoder: Geocoder, upstream: GeocoderServer) -> None:
    for typed in ("1 Example Ave, Austin TX", "1  EXAMPLE ave, austin, tx"):
        assert await geocoder.locate(Address.parse(typed), NOW) == TX_37
    assert len(upstream.requests) == 1


async def test_what_is_remembered_is_forgotten_after_an_hour(
    upstream: GeocoderServer, http: httpx.AsyncClient
) -> None:
    clock = Clock()
    geocoder = Geocoder(upstream.origin, http, memory=Memory(clock=clock))
    for seconds in (0, 3599, 2):
        clock.now += seconds
        await geocoder.locate(ADDRESS, NOW)
    assert len(upstream.requests) == 2


async def test_a_bounded_number_is_remembered(
    upstream: GeocoderServer, http: httpx.AsyncClient
) -> None:
    geocoder = Geocoder(upstream.origin, http, memory=Memory(size=2))
    for number in (1, 2, 3, 3, 1):
        await geocoder.locate(Address.parse(f"{number} Example Ave"), NOW)
    assert len(upstream.requests) == 4


async def test_that_nothing_matches_is_remembered_too(
    geocoder: Geocoder, upstream: GeocoderServer
) -> None:
    upstream.behaviour = reply(sample("no-match"))
    for _ in range(2):
        assert await geocoder.locate(ADDRESS, NOW) == NoMatch()
    assert len(upstream.requests) == 1


async def test_an_outage_is_not_remembered(geocoder: Geocoder, upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(b"", "503 Busy")
    await geocoder.locate(ADDRESS, NOW)
    upstream.behaviour = reply(FOUND)
    assert await geocoder.locate(ADDRESS, NOW) == TX_37


async def test_another_congress_is_another_question(
    geocoder: Geocoder, upstream: GeocoderServer
) -> None:
    await geocoder.locate(ADDRESS, NOW)
    upstream.behaviour = reply(sample("next-congress"))
    later = NOW.replace(year=2027)
    assert await geocoder.locate(ADDRESS, later) == Located(("TX-10",), ("TX",))


async def test_no_address_stays_in_memory(
    upstream: GeocoderServer, http: httpx.AsyncClient
) -> None:
    memory = Memory()
    await Geocoder(upstream.origin, http, memory=memory).locate(ADDRESS, NOW)
    kept = repr(vars(memory)).casefold()
    assert "tx-37" in kept
    assert "example" not in kept


async def test_no_address_is_logged(
    geocoder: Geocoder, caplog: pytest.LogCaptureFixture, upstream: GeocoderServer
) -> None:
    keep_addresses_out_of_logs()
    with caplog.at_level(logging.DEBUG):
        await geocoder.locate(ADDRESS, NOW)
        upstream.behaviour = reply(b"", "503 Busy")
        await geocoder.locate(Address.parse("2 Example Ave"), NOW)
    assert "Example" not in caplog.text
    assert not [record for record in caplog.records if record.name.startswith("http")]
