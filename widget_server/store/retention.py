"""The end of personal data: a store and a moment in, envelopes that have had their time deleted.

An envelope is deleted 30 days after somebody acknowledged an export with it, and 90 days after
its campaign was closed. Its row stays, and so does every number. What is held or invalidated is
in no export of everything, so only a close ends it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import groupby

from sqlalchemy import ColumnElement, Connection, delete, except_, func, select, update

from . import tasks
from .exports import SETTLED
from .schema import closures, content_keys, exports, submissions
from .store import Store

KEPT_AFTER_EXPORT = timedelta(days=30)
KEPT_AFTER_CLOSE = timedelta(days=90)
#: So many in one transaction keep no submission waiting.
ROWS_AT_ONCE = 1_000
KEYS_AT_ONCE = 10_000
#: What is left in the place of what was sealed.
EMPTY = {"envelope": None, "content_key": None}


@dataclass(frozen=True, slots=True)
class Due:
    """Whose time has come: of a campaign everybody, or who counts and submitted up to a day."""

    campaign: str
    through: date | None = None


@dataclass(frozen=True, slots=True)
class Swept:
    """How many envelopes were deleted, and keys that open none any more."""

    envelopes: int
    keys: int

    def __str__(self) -> str:
        return f"{self.envelopes:,} envelopes and {self.keys:,} keys deleted."


def sweep(store: Store, now: datetime) -> Swept:
    """Delete what is due, a little at a time, and note that it was done."""
    with store.read() as connection:
        found = due(connection, now)
    swept = Swept(sum(_empty(store, each) for each in found), drop_unused_keys(store, now))
    run = tasks.Run(now, str(swept))
    store.write(lambda connection: tasks.note(connection, tasks.RETENTION, run)).result()
    return swept


def due(connection: Connection, now: datetime) -> tuple[Due, ...]:
    """Whose envelopes should be gone by now."""
    campaign, through = exports.c.campaign, func.max(exports.c.through)
    exported = select(campaign, through).group_by(campaign)
    read = exported.where(exports.c.acknowledged_at <= now - KEPT_AFTER_EXPORT)
    closed = select(closures.c.campaign).where(closures.c.at <= now - KEPT_AFTER_CLOSE)
    over = set(connection.execute(closed).scalars())
    days = (Due(*row) for row in connection.execute(read) if row[0] not in over)
    return (*(Due(slug) for slug in sorted(over)), *days)


def overdue(connection: Connection, now: datetime) -> int:
    """How many envelopes should be gone and are not."""
    counts = (
        select(func.count()).select_from(submissions).where(*_sealed(each))
        for each in due(connection, now)
    )
    return sum(connection.execute(count).scalar_one() for count in counts)


def settled_day(now: datetime) -> date:
    """The last day on which no key is in use any more."""
    return (now - SETTLED).astimezone(UTC).date()


def _sealed(due: Due) -> tuple[ColumnElement[bool], ...]:
    columns = submissions.c
    sealed = (columns.campaign == due.campaign, columns.envelope.is_not(None))
    if due.through is None:
        return sealed
    return (*sealed, columns.day <= due.through, columns.status == "counted")


def _empty(store: Store, due: Due) -> int:
    """Walk along the primary key, so that all of it is read once; how many were emptied."""
    emptied = 0
    for visits in _visits(store, due):
        store.write(partial(_empty_some, campaign=due.campaign, visits=visits)).result()
        emptied += len(visits)
    return emptied


def _visits(store: Store, due: Due) -> Iterator[list[str]]:
    visit, after = submissions.c.visit, ""
    while True:
        asked = select(visit).where(*_sealed(due), visit > after).order_by(visit)
        with store.read() as connection:
            found = list(connection.execute(asked.limit(ROWS_AT_ONCE)).scalars())
        if not found:
            return
        yield found
        after = found[-1]


def _empty_some(connection: Connection, campaign: str, visits: list[str]) -> None:
    theirs = (submissions.c.campaign == campaign, submissions.c.visit.in_(visits))
    connection.execute(update(submissions).where(*theirs).values(EMPTY))


def drop_unused_keys(store: Store, now: datetime) -> int:
    """Delete the keys that no row names; how many."""
    dropped = 0
    while unused := _unused_keys(store, now):
        for campaign, rows in groupby(unused, key=lambda row: row[0]):
            ids = [id for _, id in rows]
            store.write(partial(_drop_some, campaign=campaign, ids=ids)).result()
        dropped += len(unused)
    return dropped


def _unused_keys(store: Store, now: datetime) -> list[tuple[str, bytes]]:
    """Some of them, by campaign. One of today may be on its way into a row."""
    keys, rows = content_keys.c, submissions.c
    old = select(keys.campaign, keys.id).where(keys.day <= settled_day(now))
    used = select(rows.campaign, rows.content_key).where(rows.content_key.is_not(None))
    unused = except_(old, used).order_by("campaign").limit(KEYS_AT_ONCE)
    with store.read() as connection:
        return [(campaign, id) for campaign, id in connection.execute(unused)]


def _drop_some(connection: Connection, campaign: str, ids: list[bytes]) -> None:
    theirs = (content_keys.c.campaign == campaign, content_keys.c.id.in_(ids))
    connection.execute(delete(content_keys).where(*theirs))


def closed_at(connection: Connection) -> Mapping[str, datetime]:
    """The campaigns that were closed, and when."""
    rows = connection.execute(select(closures.c.campaign, closures.c.at))
    return {row.campaign: row.at for row in rows}
