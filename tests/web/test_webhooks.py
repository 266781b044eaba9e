"""Deliveries as their receivers get them: signed, under one id, tried again, never inside."""

import asyncio
import hmac
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from tests.web.canary import Canary, addresses, canary
from widget_server.campaigns import Campaigns
from widget_server.report import counts
from widget_server.settings import Settings
from widget_server.store import Store, tallies, webhooks
from widget_server.store.webhooks import Period, Webhook
from widget_server.web.outside import Outside
from widget_server.web.webhooks import PERIOD_LENGTHS, SPREAD, Webhooks, delivery_id, next_time

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 22, 17, 20, tzinfo=UTC)


@dataclass
class Receiver:
    """A server of a partner's: answers with ``status``, and keeps what it was sent."""

    url: str = ""
    status: str = "200 OK"
    heads: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    def header(self, name: str, at: int = -1) -> str:
        lines = self.heads[at].split("\r\n")
        return next(line.split(": ", 1)[1] for line in lines if line.startswith(f"{name}: "))


@asynccontextmanager
async def receiving(status: str = "200 OK") -> AsyncIterator[Receiver]:
    """Run one until the block ends."""
    receiver = Receiver(status=status)

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        receiver.heads.append((await reader.readuntil(b"\r\n\r\n")).decode())
        receiver.bodies.append(await reader.readexactly(int(receiver.header("Content-Length"))))
        head = f"HTTP/1.1 {receiver.status}\r\nLocation: /on\r\nContent-Length: 0\r\n\r\n"
        writer.write(head.encode())
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        receiver.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/hook"
        yield receiver


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(Settings(home=tmp_path, keys=tmp_path / "keys"), serving=True) as opened:
        yield opened


@dataclass
class Clock:
    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sender(store: Store, clock: Clock) -> Webhooks:
    def here(address: str) -> bool:
        return address == "127.0.0.1"

    return Webhooks(
        store, Outside(may_connect=here, ports=None, seconds=1), clock, lambda: Campaigns.load([])
    )


def save(store: Store, url: str, next_at: datetime = NOW) -> Webhook:
    store.write(lambda rows: webhooks.save(rows, "harbor", url, "hourly", next_at)).result()
    return kept(store)


def kept(store: Store) -> Webhook:
    with store.read() as connection:
        webhook = webhooks.find(connection, "harbor")
    assert webhook
    return webhook


async def test_a_delivery_is_the_contract_of_the_counts(store: Store, sender: Webhooks) -> None:
    key = tallies.TallyKey("hketo", "harbor", date(2026, 11, 22), "shown")
    store.write(lambda rows: tallies.add(rows, {key: 7})).result()
    async with receiving() as receiver:
        save(store, receiver.url)
        await sender.send_due()
    with store.read() as connection:
        expected = counts.as_json(counts.read(connection, partner="harbor"))
    about = {"id": "harbor-2026-11-22T17", "period": "hourly", "at": NOW.isoformat()}
    assert json.loads(receiver.bodies[0]) == {**about, **expected}
    assert expected["totals"]["shown"] == 7
    assert receiver.header("Content-Type") == "application/json"


async def test_a_delivery_is_signed_with_its_time(store: Store, sender: Webhooks) -> None:
    async with receiving() as receiver:
        secret = save(store, receiver.url).secret
        await sender.send_due()
    timestamp = int(NOW.timestamp())
    signed = f"{timestamp}.".encode() + receiver.bodies[0]
    expected = hmac.new(secret.encode(), signed, "sha256").hexdigest()
    assert receiver.header("Threesteps-Signature") == f"t={timestamp},v1={expected}"


async def test_what_was_taken_is_due_again_in_the_next_hour(store: Store, sender: Webhooks) -> None:
    async with receiving() as receiver:
        save(store, receiver.url)
        await sender.send_due()
        await sender.send_due()
    after = kept(store)
    assert len(receiver.bodies) == 1
    assert (after.last_result, after.failures) == ("200", 0)
    assert NOW.replace(hour=18, minute=0) <= after.next_at <= NOW.replace(hour=18, minute=10)


@pytest.mark.parametrize("period", get_args(Period))
def test_every_period_is_over_before_the_next_is_told(period: Period) -> None:
    due = next_time(period, "harbor", NOW)
    assert NOW < due <= NOW + PERIOD_LENGTHS[period] + timedelta(seconds=SPREAD[period])
    assert next_time(period, "harbor", due) == due + PERIOD_LENGTHS[period]


@pytest.mark.parametrize("status", ["500 Oops", "404 Not Found", "302 Found", "301 Moved"])
async def test_what_was_not_taken_is_tried_again_under_the_same_id(
    store: Store, sender: Webhooks, clock: Clock, status: str
) -> None:
    async with receiving(status) as receiver:
        save(store, receiver.url)
        await sender.send_due()
        assert (kept(store).last_result, kept(store).failures) == (status[:3], 1)
        receiver.status = "204 No Content"
        clock.now += timedelta(minutes=1)
        await sender.send_due()
    ids = [receiver.header("Threesteps-Delivery", at) for at in range(len(receiver.heads))]
    assert ids == ["harbor-2026-11-22T17"] * 2
    assert kept(store).failures == 0


async def test_it_gives_up_in_the_end(store: Store, sender: Webhooks, clock: Clock) -> None:
    async with receiving("500 Oops") as receiver:
        save(store, receiver.url)
        for _ in range(20):
            await sender.send_due()
            clock.now = max(clock.now, kept(store).next_at)
    assert len(receiver.bodies) == webhooks.MOST_FAILURES
    assert kept(store).has_given_up


async def test_a_test_is_sent_at_once_and_ends_the_giving_up(
    store: Store, sender: Webhooks
) -> None:
    async with receiving() as receiver:
        webhook = save(store, receiver.url, NOW + timedelta(hours=1))
        for _ in range(webhooks.MOST_FAILURES):
            failing = kept(store)
            store.write(lambda rows, it=failing: webhooks.failed(rows, it, "slow", NOW)).result()  # type: ignore[misc] # bound now
        assert await sender.test(webhook) == "200"
    assert receiver.header("Threesteps-Delivery").startswith("harbor-test-")
    assert not kept(store).has_given_up


async def test_a_test_that_fails_changes_nothing_that_is_due(
    store: Store, sender: Webhooks
) -> None:
    webhook = save(store, "http://127.0.0.1:1/", NOW + timedelta(hours=1))
    assert await sender.test(webhook) == "unreachable"
    after = kept(store)
    assert (after.failures, after.next_at) == (0, NOW + timedelta(hours=1))
    assert after.last_result == "unreachable"


@pytest.fixture
def listening() -> Iterator[Canary]:
    with canary() as running:
        yield running


async def test_no_webhook_reaches_a_private_address(
    store: Store, clock: Clock, listening: Canary
) -> None:
    guarded = Webhooks(store, Outside(ports=None, seconds=0.5), clock, lambda: Campaigns.load([]))
    for url in addresses(listening.port)[::10]:
        webhook = save(store, url)
        await guarded.test(webhook)
    assert listening.heard == []


@pytest.mark.parametrize(
    ("hour", "minute", "slot"),
    [(8, 59, "2026-11-21T09"), (9, 0, "2026-11-22T09"), (23, 59, "2026-11-22T09")],
)
def test_a_day_of_deliveries_begins_at_nine(hour: int, minute: int, slot: str) -> None:
    daily = Webhook("harbor", "", "", "daily", NOW)
    assert delivery_id(daily, NOW.replace(hour=hour, minute=minute)) == f"harbor-{slot}"


def test_partners_are_due_at_moments_of_their_own() -> None:
    moments = {next_time("daily", f"partner-{number}", NOW) for number in range(50)}
    begun = datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert len(moments) > 40
    assert all(begun <= moment < begun + timedelta(hours=1) for moment in moments)
