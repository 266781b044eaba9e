"""Where partners want their numbers sent: one address each, and when it is due.

Every function takes the caller's connection and leaves the transaction to the caller. What is due
is claimed by moving its time on, so that of several processes one sends it; when that one dies,
the claim runs out and another sends the same again.
"""

import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, delete, select, update

from .schema import webhooks
from .upsert import insert_or_skip

Period = Literal["hourly", "daily"]

#: How long whoever claims a delivery has for it.
CLAIM = timedelta(minutes=2)
#: After so many failures in a row nothing is sent until the partner asks for it.
MOST_FAILURES = 10

_FIRST_RETRY = timedelta(minutes=1)
_LONGEST_RETRY = timedelta(hours=6)
_SECRET_BYTES = 32


@dataclass(frozen=True, slots=True)
class Webhook:
    """``last_result`` is an HTTP status or one of OutsideError's codes, ``""`` before the first."""

    partner: str
    url: str
    secret: str
    period: Period
    next_at: datetime
    failures: int = 0
    last_at: datetime | None = None
    last_result: str = ""

    @property
    def has_given_up(self) -> bool:
        """Whether it failed so often that nothing is sent any more."""
        return self.failures >= MOST_FAILURES


def find(connection: Connection, partner: str) -> Webhook | None:
    """The partner's webhook."""
    statement = select(webhooks).where(webhooks.c.partner == partner)
    row = connection.execute(statement).one_or_none()
    return Webhook(**row._mapping) if row else None


def save(
    connection: Connection, partner: str, url: str, period: Period, next_at: datetime
) -> str | None:
    """Send there from now on, as if nothing had failed; the secret of a new webhook."""
    new = Webhook(partner, url, new_secret(), period, next_at)
    if insert_or_skip(connection, webhooks, [asdict(new)]):
        return new.secret
    _change(connection, partner, url=url, period=period, next_at=next_at, failures=0)
    return None


def renew_secret(connection: Connection, partner: str) -> str:
    """Sign with another secret from now on."""
    secret = new_secret()
    _change(connection, partner, secret=secret)
    return secret


def remove(connection: Connection, partner: str) -> None:
    """Send nothing any more."""
    connection.execute(delete(webhooks).where(webhooks.c.partner == partner))


def claim(connection: Connection, now: datetime, most: int) -> tuple[Webhook, ...]:
    """What is due and nobody else is sending, the longest due first."""
    statement = (
        select(webhooks)
        .where(webhooks.c.next_at <= now, webhooks.c.failures < MOST_FAILURES)
        .order_by(webhooks.c.next_at)
        .limit(most)
    )
    due = [Webhook(**row._mapping) for row in connection.execute(statement)]
    return tuple(each for each in due if _claimed(connection, each, now + CLAIM))


def succeeded(
    connection: Connection, webhook: Webhook, result: str, at: datetime, next_at: datetime
) -> None:
    """It was taken; the next is due at ``next_at``."""
    _note(connection, webhook, result, at, next_at=next_at, failures=0)


def failed(connection: Connection, webhook: Webhook, result: str, at: datetime) -> None:
    """It was not taken; it is due again after a while, or never when that was too often."""
    next_at = at + retry_after(webhook.failures + 1)
    _note(connection, webhook, result, at, next_at=next_at, failures=webhook.failures + 1)


def tried(connection: Connection, webhook: Webhook, result: str, at: datetime) -> None:
    """It was only tried out, and not taken: what is due stays due."""
    _note(connection, webhook, result, at)


def retry_after(failures: int) -> timedelta:
    """How long to wait after so many failures: a minute, then twice as long each time."""
    return min(_FIRST_RETRY * (1 << (failures - 1)), _LONGEST_RETRY)


def new_secret() -> str:
    """What nobody can guess."""
    return f"whsec_{secrets.token_urlsafe(_SECRET_BYTES)}"


def _claimed(connection: Connection, webhook: Webhook, until: datetime) -> bool:
    """Whether it was still due: a process that comes second changes no row."""
    statement = (
        update(webhooks)
        .where(webhooks.c.partner == webhook.partner, webhooks.c.next_at == webhook.next_at)
        .values(next_at=until)
    )
    return connection.execute(statement).rowcount == 1


def _note(
    connection: Connection, webhook: Webhook, result: str, at: datetime, **values: Any
) -> None:
    """Say what became of a delivery, unless the webhook leads elsewhere by now."""
    where = (webhooks.c.partner == webhook.partner, webhooks.c.url == webhook.url)
    values |= {"last_result": result, "last_at": at}
    connection.execute(update(webhooks).where(*where).values(values))


def _change(connection: Connection, partner: str, **values: Any) -> None:
    connection.execute(update(webhooks).where(webhooks.c.partner == partner).values(values))
