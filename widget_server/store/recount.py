"""The tallies beside a recount of the rows: what differs out, and mended.

What writes a row adds to its tallies in the same transaction, so their difference is the same
at every moment, whoever is writing. It is taken from one snapshot, which stops nobody, and its
mend is a number in a row that only we set: additions of others are not lost, and mending the
same difference twice is mending it once. ``shown`` and ``found`` have no rows to count.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Table,
    case,
    func,
    inspect,
    literal,
    select,
    union_all,
)

from ..model import ACT_KINDS, ASIDE_KINDS
from .schema import actions, source_tallies, submissions, tallies
from .tallies import TallyKey
from .upsert import insert_or_set

#: The shard of the rows that mend; the service adds to others.
MENDING_SHARD = -1

_SUBMISSION_KINDS = ("submitted", "supporters", "overlap", *ASIDE_KINDS)
_STATUS = submissions.c.status
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

    The tallies of labelled placements come after the totals. Counting is the database's work: all
    that comes here is what differs.
    """
    tables = [tallies]
    known = inspect(connection)
    if known.has_table(source_tallies.name):  # a backup may be from before it
        tables.append(source_tallies)
    with_status = _STATUS.name in {each["name"] for each in known.get_columns(submissions.name)}
    status: ColumnElement[str] = _STATUS if with_status else literal("counted")
    statements = (_differing(table, campaign, status) for table in tables)
    rows = (row for statement in statements for row in connection.execute(statement))
    return tuple(_difference(row) for row in rows)


def mend(connection: Connection, found: Sequence[Difference]) -> None:
    """Make each tally what its rows say, in the caller's transaction."""
    for table, labelled in ((tallies, False), (source_tallies, True)):
        rows = [
            {**difference.key._asdict(), "shard": MENDING_SHARD, "n": difference.mend}
            for difference in sorted(found, key=lambda difference: difference.key)
            if bool(difference.key.source) is labelled
        ]
        insert_or_set(connection, table, "n", rows)


def _difference(row: Any) -> Difference:
    tallied, counted = int(row.tallied), int(row.counted)
    key = TallyKey(row.campaign, row.partner, row.day, row.kind, getattr(row, "source", ""))
    return Difference(key, tallied, counted, int(row.mended) + counted - tallied)


def _differing(table: Table, campaign: str | None, status: ColumnElement[str]) -> Select[Any]:
    """Add up what was counted and what was tallied, and keep what is not the same."""
    columns = _everything(table, campaign, status).subquery().c
    counted, tallied = func.sum(columns.counted), func.sum(columns.tallied)
    key = [columns[name] for name in (*_keys(table), "kind")]
    return (
        select(
            *key,
            counted.label("counted"),
            tallied.label("tallied"),
            func.sum(columns.mended).label("mended"),
        )
        .group_by(*key)
        .having(counted != tallied)
        .order_by(columns.campaign, *key)
    )


def _keys(table: Table) -> tuple[str, ...]:
    """What a table's tallies are told apart by, and by kind.

    SQLite sorts rows by the first of these; a day tells them apart far sooner than a campaign.
    """
    return ("day", "partner", *(["source"] if "source" in table.c else []), "campaign")


def _everything(
    table: Table, campaign: str | None, status: ColumnElement[str]
) -> CompoundSelect[Any]:
    """Numbers under their keys: counted from the rows, tallied, and of those the mending ones."""
    return union_all(
        *_submitted(table, campaign, status), *_acts(table, campaign), _tallied(table, campaign)
    )


def _submitted(table: Table, campaign: str | None, status: ColumnElement[str]) -> list[Select[Any]]:
    grouped = [submissions.c[name] for name in _keys(table)]
    counts = _of(campaign, submissions, table).with_only_columns(
        *grouped,
        func.count().filter(status != "held").label("submitted"),
        func.count().filter(submissions.c.first).label("supporters"),
        func.count().filter(submissions.c.overlap).label("overlap"),
        *(func.count().filter(status == kind).label(kind) for kind in ASIDE_KINDS),
    )
    found = counts.group_by(*grouped).cte("counted_submissions").c
    return [_counted(table, found, literal(kind), found[kind]) for kind in _SUBMISSION_KINDS]


def _acts(table: Table, campaign: str | None) -> list[Select[Any]]:
    grouped = [actions.c[name] for name in (*_keys(table), "kind")]
    counts = _of(campaign, actions, table).with_only_columns(
        *grouped,
        func.count().label("n"),
        func.count().filter(actions.c.first).label("acted"),
    )
    found = counts.group_by(*grouped).cte("counted_actions").c
    return [
        _counted(table, found, found.kind, found.n),
        _counted(table, found, literal("acted"), found.acted),
    ]


def _counted(table: Table, found: Any, kind: Any, number: Any) -> Select[Any]:
    return select(
        *(found[name] for name in _keys(table)),
        kind.label("kind"),
        number.label("counted"),
        literal(0).label("tallied"),
        literal(0).label("mended"),
    )


def _tallied(table: Table, campaign: str | None) -> Select[Any]:
    columns = table.c
    return (
        _of(campaign, table, table)
        .with_only_columns(
            *(columns[name] for name in _keys(table)),
            columns.kind,
            literal(0).label("counted"),
            columns.n.label("tallied"),
            case((columns.shard == MENDING_SHARD, columns.n), else_=0).label("mended"),
        )
        .where(columns.kind.in_(_KINDS))
    )


def _of(campaign: str | None, rows: Table, table: Table) -> Select[Any]:
    """The rows that ``table`` counts, of one campaign or of all."""
    statement = select(rows)
    if campaign is not None:
        statement = statement.where(rows.c.campaign == campaign)
    return statement.where(rows.c.source != "") if "source" in table.c else statement
