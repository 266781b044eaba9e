"""The tallies beside a recount of the rows: what differs out, and mended.

What writes a row adds to its tallies in the same transaction, so their difference is the same
at every moment, whoever is writing. It is taken from one snapshot, which stops nobody, and its
mend is a number in a row that only we set: additions of others are not lost, and mending the
same difference twice is mending it once. ``shown`` and ``found`` have no rows to count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import CompoundSelect, Connection, Select, case, func, literal, select, union_all

from ..model import ACT_KINDS
from .schema import actions, submissions, tallies
from .tallies import TallyKey
from .upsert import insert_or_set

#: The shard of the rows that mend; the service adds to others.
MENDING_SHARD = -1

_SUBMISSION_KINDS = ("submitted", "supporters", "overlap")
_KINDS = (*_SUBMISSION_KINDS, *ACT_KINDS, "acted")


@dataclass(frozen=True, slots=True)
class Difference:
    """A tally that is not what its rows say; ``mend`` is what the mending row has to hold."""

    key: TallyKey
    tallied: int
    counted: int
    mend: int


def differences(connection: Connection, campaign: str | None = None) -> tuple[Difference, ...]:
    """Every tally that differs, of one campaign or of all, ordered by campaign, day and partner.

    Counting is the database's work: all that comes here is what differs.
    """
    rows = connection.execute(_differing(_everything(campaign)))
    return tuple(_difference(row) for row in rows)


def mend(connection: Connection, found: Sequence[Difference]) -> None:
    """Make each tally what its rows say, in the caller's transaction."""
    rows = [
        {**difference.key._asdict(), "shard": MENDING_SHARD, "n": difference.mend}
        for difference in sorted(found, key=lambda difference: difference.key)
    ]
    insert_or_set(connection, tallies, "n", rows)


def _difference(row: Any) -> Difference:
    tallied, counted = int(row.tallied), int(row.counted)
    key = TallyKey(row.campaign, row.partner, row.day, row.kind)
    return Difference(key, tallied, counted, int(row.mended) + counted - tallied)


def _differing(everything: CompoundSelect[Any]) -> Select[Any]:
    """Add up what was counted and what was tallied, and keep what is not the same."""
    columns = everything.subquery().c
    counted, tallied = func.sum(columns.counted), func.sum(columns.tallied)
    return (
        select(
            columns.campaign,
            columns.partner,
            columns.day,
            columns.kind,
            counted.label("counted"),
            tallied.label("tallied"),
            func.sum(columns.mended).label("mended"),
        )
        .group_by(columns.day, columns.partner, columns.kind, columns.campaign)
        .having(counted != tallied)
        .order_by(columns.campaign, columns.day, columns.partner, columns.kind)
    )


def _everything(campaign: str | None) -> CompoundSelect[Any]:
    """Numbers under their keys: counted from the rows, tallied, and of those the mending ones."""
    return union_all(*_submitted(campaign), *_acts(campaign), _tallied(campaign))


def _submitted(campaign: str | None) -> list[Select[Any]]:
    columns = submissions.c
    # SQLite sorts rows by the first of these; a day tells them apart far sooner than a campaign.
    grouped = (columns.day, columns.partner, columns.campaign)
    counts = _of(campaign, submissions).with_only_columns(
        *grouped,
        func.count().label("submitted"),
        func.count().filter(columns.first).label("supporters"),
        func.count().filter(columns.overlap).label("overlap"),
    )
    found = counts.group_by(*grouped).cte("counted_submissions").c
    return [_counted(found, literal(kind), found[kind]) for kind in _SUBMISSION_KINDS]


def _acts(campaign: str | None) -> list[Select[Any]]:
    columns = actions.c
    grouped = (columns.day, columns.partner, columns.kind, columns.campaign)
    counts = _of(campaign, actions).with_only_columns(
        *grouped,
        func.count().label("n"),
        func.count().filter(columns.first).label("acted"),
    )
    found = counts.group_by(*grouped).cte("counted_actions").c
    return [_counted(found, found.kind, found.n), _counted(found, literal("acted"), found.acted)]


def _counted(key: Any, kind: Any, number: Any) -> Select[Any]:
    zero = literal(0)
    return select(
        key.campaign,
        key.partner,
        key.day,
        kind.label("kind"),
        number.label("counted"),
        zero.label("tallied"),
        zero.label("mended"),
    )


def _tallied(campaign: str | None) -> Select[Any]:
    columns = tallies.c
    mended = case((columns.shard == MENDING_SHARD, columns.n), else_=0)
    return (
        _of(campaign, tallies)
        .with_only_columns(
            columns.campaign,
            columns.partner,
            columns.day,
            columns.kind,
            literal(0).label("counted"),
            columns.n.label("tallied"),
            mended.label("mended"),
        )
        .where(columns.kind.in_(_KINDS))
    )


def _of(campaign: str | None, table: Any) -> Select[Any]:
    """The rows of one campaign, or all."""
    return select(table).where(*([] if campaign is None else [table.c.campaign == campaign]))
