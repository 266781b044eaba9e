"""Counts to where partners want them: what is due in; a signed delivery and its result out.

Every process of the service does this; a delivery is claimed first, so that one of them sends it.
When that one dies, another sends it again under the same id: receivers keep the ids they know.
"""

import asyncio
import hmac
import json
import logging
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zlib import crc32

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool

from ..campaigns import Campaigns
from ..report import counts, discretion
from ..store import Store, webhooks
from ..store.webhooks import Period, Webhook
from .outside import Outside, OutsideError

Note = Callable[[Connection, Webhook, str, datetime], None]

LOG = logging.getLogger("threesteps")

#: When a day is over in every American time zone but Alaska's and Hawaii's.
DAILY_AT = timedelta(hours=9)
PERIOD_LENGTHS: Mapping[Period, timedelta] = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
}
#: Deliveries of one hour or day are not all sent at once, but within so many seconds.
SPREAD: Mapping[Period, int] = {"hourly": 600, "daily": 3600}
LOOK_SECONDS = 10
MOST_AT_ONCE = 8


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Sends what is due."""

    store: Store
    outside: Outside
    clock: Callable[[], datetime]
    campaigns: Callable[[], Campaigns]

    async def run(self) -> None:
        """Look for what is due every few seconds, for as long as the service runs."""
        while True:
            await asyncio.sleep(LOOK_SECONDS * (1 + secrets.randbelow(100) / 100))
            try:
                await self.send_due()
            except Exception as error:  # whatever it is, the next look may be better
                LOG.warning("No webhook was sent: %s", type(error).__name__)

    async def send_due(self) -> None:
        """Claim what is due and send it."""
        now = self.clock()
        claimed = self.store.write(lambda rows: webhooks.claim(rows, now, MOST_AT_ONCE))
        due = await asyncio.wrap_future(claimed)
        await asyncio.gather(*(self.send(each, delivery_id(each, now)) for each in due))

    async def test(self, webhook: Webhook) -> str:
        """Send the numbers of this moment, whatever is due; the result."""
        delivery = f"{webhook.partner}-test-{secrets.token_hex(6)}"
        return await self.send(webhook, delivery, webhooks.tried)

    async def send(
        self, webhook: Webhook, delivery: str, note_failure: Note = webhooks.failed
    ) -> str:
        """Send under this id, and note what became of it: a status, or why there is none."""
        now = self.clock()
        body = await run_in_threadpool(self._body, webhook, delivery, now)
        try:
            reply = await self.outside.post(
                webhook.url, body, headers(webhook, delivery, body, now)
            )
            result = str(reply.status)
        except OutsideError as error:
            result = error.code

        def note(rows: Connection) -> None:
            if is_success(result):
                due = next_time(webhook.period, webhook.partner, now)
                webhooks.succeeded(rows, webhook, result, now, due)
            else:
                note_failure(rows, webhook, result, now)

        await asyncio.wrap_future(self.store.write(note))
        return result

    def _body(self, webhook: Webhook, delivery: str, now: datetime) -> bytes:
        with self.store.read() as connection:
            seen = discretion.read(connection, webhook.partner, self.campaigns(), now)
        about = {"id": delivery, "period": webhook.period, "at": now.isoformat()}
        return json.dumps({**about, **counts.as_json(seen.counts())}).encode()


def is_success(result: str) -> bool:
    """Whether a delivery was taken."""
    return len(result) == 3 and result.startswith("2")


def headers(webhook: Webhook, delivery: str, body: bytes, now: datetime) -> dict[str, str]:
    """What goes with the body, its signature among it."""
    return {
        "Content-Type": "application/json",
        "Threesteps-Delivery": delivery,
        "Threesteps-Signature": signature(webhook.secret, int(now.timestamp()), body),
    }


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """HMAC-SHA256 over ``timestamp.body``, so that neither can be changed alone."""
    signed = hmac.digest(secret.encode(), b"%d.%s" % (timestamp, body), "sha256")
    return f"t={timestamp},v1={signed.hex()}"


def delivery_id(webhook: Webhook, now: datetime) -> str:
    """The same for every attempt of one hour or day."""
    begun = _period_begun(webhook.period, now)
    return f"{webhook.partner}-{begun:%Y-%m-%dT%H}"


def next_time(period: Period, partner: str, now: datetime) -> datetime:
    """When the next delivery is due: each partner at a moment of their own."""
    spread = timedelta(seconds=crc32(partner.encode()) % SPREAD[period])
    return _period_begun(period, now) + PERIOD_LENGTHS[period] + spread


def _period_begun(period: Period, now: datetime) -> datetime:
    now = now.astimezone(UTC)
    match period:
        case "hourly":
            return now.replace(minute=0, second=0, microsecond=0)
        case "daily":
            day = (now - DAILY_AT).replace(hour=0, minute=0, second=0, microsecond=0)
            return day + DAILY_AT
