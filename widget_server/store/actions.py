"""Tweets, emails, calls and shares that were opened: acts in, rows and tallies out."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import Any, NamedTuple

from sqlalchemy import Connection

from ..model import ActKind
from . import tallies
from .schema import actions
from .tallies import TallyKey
from .upsert import insert_or_skip


class Act(NamedTuple):
    """Something a visitor opened, ``visit`` under its key of this table.

    ``partner`` is ``""`` when unattributed.
    """

    campaign: str
    visit: str
    kind: ActKind
    legislator: str
    partner: str
    day: date


def record(connection: Connection, acts: Iterable[Act], shard: int = 0) -> None:
    """Store each act once, and count the rows that were really inserted.

    An act tries to be its visit's first (which makes the visit *acted*), then to be one more;
    the unique indexes let exactly one succeed, whoever else is writing.
    """
    acts = list(acts)
    opening = [act for act in acts if act.kind != "share"]
    inserted = _insert(connection, opening, first=True)
    inserted += _insert(connection, acts, first=False)
    counts: Counter[TallyKey] = Counter()
    for row in inserted:
        counts[TallyKey(row.campaign, row.partner, row.day, row.kind)] += 1
        if row.first:
            counts[TallyKey(row.campaign, row.partner, row.day, "acted")] += 1
    tallies.add(connection, counts, shard)


def _insert(connection: Connection, acts: list[Act], *, first: bool) -> list[Any]:
    if not acts:
        return []
    columns = actions.c
    statement = insert_or_skip(connection, actions).returning(
        columns.campaign, columns.partner, columns.day, columns.kind, columns.first
    )
    rows = [{**act._asdict(), "first": first} for act in acts]
    return list(connection.execute(statement, rows).all())
