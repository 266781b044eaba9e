"""Campaigns that were closed for good: nobody is counted in them again, not even by mistake."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from . import audit
from .changes import COMMAND
from .schema import closures
from .upsert import insert_or_skip


def close(connection: Connection, campaign: str, at: datetime) -> None:
    """Close it, with a line in the audit; one that is closed stays closed since then."""
    if insert_or_skip(connection, closures, [{"campaign": campaign, "at": at}]):
        audit.note(connection, at, COMMAND, "campaign closed", campaign)


def closed(connection: Connection) -> frozenset[str]:
    """Every campaign that is closed."""
    return frozenset(connection.execute(select(closures.c.campaign)).scalars())


def any_closed(connection: Connection, campaigns: Iterable[str]) -> bool:
    """Whether one of these is."""
    among = closures.c.campaign.in_(sorted(set(campaigns)))
    return connection.execute(select(closures.c.campaign).where(among).limit(1)).first() is not None
