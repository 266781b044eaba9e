"""What ``threesteps doctor`` finds about what is to be done again and again, and about clocks."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import Connection

from ...settings import Settings
from ...store import retention, tasks
from ...store.safety import latest_instant
from ...web.proxies import trusted_words
from .finding import Finding

OLD_BACKUP = timedelta(days=7)
#: The service does each once a day, in a process that runs for longer than that.
LATE = timedelta(days=2)
#: Further apart, days end at the wrong moment and links live too long.
CLOCKS_APART = timedelta(minutes=1)


def chore_findings(
    connection: Connection, settings: Settings, begun: datetime | None
) -> Iterator[Finding]:
    """What should have been done by now; ``begun`` is since when there is something to do."""
    now = settings.clock()
    yield from _retention(connection, now)
    if begun is None:
        return
    if now - (_last(connection, tasks.RETENTION) or begun) > LATE:
        yield Finding(
            "retention-not-run",
            "missing",
            f"Nothing has looked for {LATE.days} days for what has had its time.",
            "let `threesteps serve` run: it looks once a day. Its log says why it could not.",
        )
    if now - (_last(connection, tasks.RECOUNT) or begun) > LATE:
        yield Finding(
            "recount-not-run",
            "missing",
            f"The service has not compared its numbers with their rows for {LATE.days} days.",
            "let `threesteps serve` run through the night. Its log says why it could not.",
        )
    if not settings.database_url and now - (_last(connection, tasks.BACKUP) or begun) > OLD_BACKUP:
        yield Finding(
            "old-backup",
            "missing",
            f"The database was not backed up for {OLD_BACKUP.days} days.",
            "threesteps backup FILE, each night, and keep FILE on another machine.",
        )


def clock_findings(connection: Connection, now: datetime) -> Iterator[Finding]:
    """This machine's clock beside the database's, or beside what was written by it before."""
    latest, is_clock = latest_instant(connection)
    apart = (abs(now - latest) if is_clock else latest - now) if latest else timedelta()
    if latest and apart > CLOCKS_APART:
        whose = "the database's clock" if is_clock else "the newest entry in the database"
        yield Finding(
            "clock-off",
            "unsafe",
            f"Here it is {now:%Y-%m-%d %H:%M} UTC, and {whose} says {latest:%Y-%m-%d %H:%M}: "
            "days and the age of links are counted wrongly.",
            "let systemd-timesyncd or chrony set the clock of every machine.",
        )


def proxy_findings(connection: Connection, settings: Settings) -> Iterator[Finding]:
    """A proxy that the service has met, and was not told of."""
    met = tasks.last(connection, tasks.UNKNOWN_PROXY)
    if met and met.result == trusted_words(settings.trusted_proxies):
        yield Finding(
            "unknown-proxy",
            "unsafe",
            "Requests come through a proxy that THREESTEPS_TRUSTED_PROXIES does not name: to "
            "limits, all visitors are one.",
            "set THREESTEPS_TRUSTED_PROXIES to the proxy's address, as the service sees it.",
        )


def _retention(connection: Connection, now: datetime) -> Iterator[Finding]:
    last = tasks.last(connection, tasks.RETENTION)
    if overdue := retention.overdue(connection, now):
        yield Finding(
            "overdue-envelopes",
            "unsafe",
            f"Envelopes that should be deleted by now: {overdue:,}.",
            "let `threesteps serve` run: it deletes them within a day.",
        )
    if last:
        yield Finding(
            "last-deletion",
            "note",
            f"What had its time was last deleted on {last.at:%Y-%m-%d}: {last.result}",
            "nothing; the service does that once a day.",
        )


def _last(connection: Connection, name: str) -> datetime | None:
    run = tasks.last(connection, name)
    return run.at if run else None
