"""Submissions that a rule found -> set aside with their supporters, and back again.

Each call is a batch of its own, which keeps every number equal to its rows: the service goes on
between two of them, and what breaks off in the middle can be undone. Whoever was brought by a
row that is set aside counts for the next of their rows, if there is one.
"""

import secrets
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, select, update

from ..model import SubmissionStatus
from . import exports, people, tallies
from . import submissions as stored
from .people import Row
from .rules import Rule, next_visits
from .schema import invalidated, invalidations, submissions
from .submissions import Standing
from .tallies import TallyKey
from .upsert import insert_or_skip

#: So many rows are one batch: a service beside it waits for about a twentieth of a second.
ROWS_AT_ONCE = 100
_ID_BYTES = 4


class Invalidation(NamedTuple):
    """A decision, and how many submissions it has set aside."""

    campaign: str
    id: str
    at: datetime
    who: str
    rule: Mapping[str, str]
    n: int
    undone_at: datetime | None


def begin(connection: Connection, campaign: str, rule: Rule, who: str, now: datetime) -> str:
    """Note that somebody decided it; the id it is undone by."""
    number = secrets.token_hex(_ID_BYTES)
    decided = Invalidation(campaign, number, now, who, rule.as_json(), 0, None)
    insert_or_skip(connection, invalidations, [decided._asdict()])
    return number


def list_all(connection: Connection, campaign: str) -> tuple[Invalidation, ...]:
    """Every one of a campaign, the newest first."""
    columns = invalidations.c
    statement = select(invalidations).where(columns.campaign == campaign)
    found = connection.execute(statement.order_by(columns.at.desc(), columns.id))
    return tuple(Invalidation(*row) for row in found)


def set_aside(
    connection: Connection,
    campaign: str,
    number: str,
    rule: Rule,
    status: SubmissionStatus,
    after: str,
) -> tuple[str, int]:
    """Set the next submissions of that status aside: the last visit of the batch, and how many.

    ``after`` is what the batch before returned; ``""`` begins and, returned, ends.
    """
    visits = next_visits(connection, campaign, rule, status, after, ROWS_AT_ONCE)
    before = [row for row in _locked(connection, campaign, visits) if row.status == status]
    elsewhere = people.claimed(connection, campaign, _people(before))
    aside = [_aside(row, number, claimed=row.supporter in elsewhere) for row in before]
    _write(connection, campaign, before, aside)
    _settle(connection, campaign, _people(before), is_known=True)
    values = {"n": invalidations.c.n + len(aside)}
    connection.execute(update(invalidations).where(*_own(campaign, number)).values(values))
    return (visits[-1] if visits else ""), len(aside)


def bring_back(connection: Connection, campaign: str, number: str) -> tuple[str, int]:
    """Undo the next submissions of an invalidation. Out as ``set_aside``."""
    visits = people.visits_of(connection, campaign, number, ROWS_AT_ONCE)
    before = [row for row in _locked(connection, campaign, visits) if row.invalidation == number]
    after = [_back(row) for row in before]
    _write(connection, campaign, before, after)
    _settle(connection, campaign, _people(before), is_known=False)
    return (visits[-1] if visits else ""), len(after)


def end(connection: Connection, campaign: str, number: str, now: datetime) -> None:
    """Note that it is undone."""
    own = _own(campaign, number)
    connection.execute(update(invalidations).where(*own).values(undone_at=now))


def accept(connection: Connection, campaign: str, rule: Rule, after: str) -> tuple[str, int]:
    """Count the next held submissions as of their days. In and out as ``set_aside``."""
    visits = next_visits(connection, campaign, rule, "held", after, ROWS_AT_ONCE)
    before = [row for row in _locked(connection, campaign, visits) if row.status == "held"]
    counted = [replace(row, status="counted") for row in before]
    _write(connection, campaign, before, counted)
    _settle(connection, campaign, _people(before), is_known=False)
    return (visits[-1] if visits else ""), len(counted)


def _locked(connection: Connection, campaign: str, visits: Sequence[str]) -> list[Row]:
    """The rows of these visits, and nobody else judges their people until the commit."""
    found = people.rows_of(connection, campaign, visits)
    people.lock(connection, campaign, _people(found))
    return people.rows_of(connection, campaign, visits)


def _people(rows: Iterable[Row]) -> list[bytes]:
    return sorted({row.supporter for row in rows if row.supporter})


def _aside(row: Row, number: str, *, claimed: bool) -> Row:
    """The row as it stands aside.

    Where another one claims the person already, this one was first only while that stood aside.
    """
    if claimed and row.was_first and row.invalidation is None:
        row = replace(row, was_first=False, was_overlap=True)
    return replace(row, status="invalidated", first=False, overlap=False, invalidation=number)


def _back(row: Row) -> Row:
    """The row as it stands before its person's rows are settled; nobody's is as it was."""
    if row.supporter and row.was == "counted":
        return replace(row, status="counted", invalidation="")
    back = replace(row, status=row.was, first=row.was_first, overlap=row.was_overlap)
    return replace(back, invalidation=None)


def _settle(
    connection: Connection, campaign: str, whom: Sequence[bytes], *, is_known: bool
) -> None:
    """Let the rows of these people stand as they now have to.

    ``is_known`` says that what they are now is what they were stored as, or claimed already.
    """
    before = people.leaders(connection, campaign, whom)
    after = [
        replace(row, invalidation="" if _is_kept(row, is_known=is_known) else None)
        for row in people.settle(before)
    ]
    _write(connection, campaign, before, after)


def _is_kept(row: Row, *, is_known: bool) -> bool:
    """Whether the claim of a row that counts is something else than what it is."""
    return not row.is_as_it_was and (is_known or row.invalidation is not None)


def _write(
    connection: Connection, campaign: str, before: Iterable[Row], after: Iterable[Row]
) -> None:
    """Change rows, claims and tallies; who is no longer first goes before who is."""
    old = {row.visit: row for row in before}
    changed = sorted(
        (row for row in after if row != old[row.visit]),
        key=lambda row: (row.first, row.supporter or b"", row.visit),
    )
    if changed:
        connection.execute(_CHANGE, [_change(campaign, row) for row in changed])
        connection.execute(_FORGET, [{"c": campaign, "v": row.visit} for row in changed])
    returned = [row.day for row in changed if row.status == "counted" != old[row.visit].status]
    if returned:
        exports.reopen(connection, campaign, min(returned))
    kept = [_claim(campaign, row) for row in changed if row.invalidation is not None]
    insert_or_skip(connection, invalidated, kept)
    counts: Counter[TallyKey] = Counter()
    for row in changed:
        counts.update(_numbers(campaign, row))
        counts.subtract(_numbers(campaign, old[row.visit]))
    tallies.add(connection, counts)


_CHANGE = (
    update(submissions)
    .where(submissions.c.campaign == bindparam("c"), submissions.c.visit == bindparam("v"))
    .values(status=bindparam("s"), first=bindparam("f"), overlap=bindparam("o"))
)
_FORGET = delete(invalidated).where(
    invalidated.c.campaign == bindparam("c"), invalidated.c.visit == bindparam("v")
)


def _numbers(campaign: str, row: Row) -> Iterator[TallyKey]:
    """What the row counts as."""
    for kind in stored.kinds(row.status, Standing(row.first, row.overlap)):
        yield TallyKey(campaign, row.partner, row.day, kind, row.source)


def _change(campaign: str, row: Row) -> dict[str, Any]:
    return {
        "c": campaign,
        "v": row.visit,
        "s": row.status,
        "f": row.first,
        "o": row.overlap,
    }


def _claim(campaign: str, row: Row) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "visit": row.visit,
        "invalidation": row.invalidation,
        "status": row.was,
        "first": row.was_first,
        "overlap": row.was_overlap,
    }


def _own(campaign: str, number: str) -> tuple[ColumnElement[bool], ...]:
    return invalidations.c.campaign == campaign, invalidations.c.id == number
