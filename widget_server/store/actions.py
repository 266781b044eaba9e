"""Tweets, emails, calls and shares that were opened: acts in, rows and tallies out."""

from collections import Counter
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from ..model import ActKind
from . import tallies
from .schema import actions
from .tallies import TallyKey
from .upsert import insert_new


class Act(NamedTuple):
    """Something a visitor opened, ``visit`` and ``legislator`` under their keys (``visits.py``).

    ``partner`` is ``""`` when unattributed, ``source`` when unlabelled.
    """

    campaign: str
    visit: str
    kind: ActKind
    legislator: str
    partner: str
    day: date
    source: str = ""


def record(connection: Connection, acts: Iterable[Act]) -> None:
    """Store each act once, and count the rows that were really inserted.

    An act tries to be its visit's first (which makes the visit *acted*), then to be one more;
    the unique indexes let exactly one succeed, whoever else is writing.
    """
    acts = list(acts)
    opening = [act for act in acts if act.kind != "share"]
    first = set(_insert(connection, opening, first=True))
    others = [act for act in acts if act not in first]
    more = _insert(connection, others, first=False)
    counts = Counter(_key(act, act.kind) for act in (*first, *more))
    counts.update(_key(act, "acted") for act in first)
    tallies.add(connection, counts)


def _insert(connection: Connection, acts: Iterable[Act], *, first: bool) -> list[Act]:
    """The acts that went in; of those that are one and the same, the earliest."""
    rows: dict[tuple[str, ...], Act] = {}
    for act in acts:
        rows.setdefault(act[:4], act)
    values = [{**act._asdict(), "first": first} for act in rows.values()]
    return [rows[key] for key in insert_new(connection, actions, values)]


def _key(act: Act, kind: str) -> TallyKey:
    return TallyKey(act.campaign, act.partner, act.day, kind, act.source)
