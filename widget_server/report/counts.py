"""Tallies -> the numbers that partners and organisers see, the same in every form.

``partner`` None in ``read`` means everybody together; in the list that ``read_each`` makes it
stands for the visits that no partner brought.
"""

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Any

from sqlalchemy import Column, Connection, func, select

from ..model import ASIDE_KINDS, COUNT_KINDS
from ..store import partners
from ..store.schema import UNATTRIBUTED, tallies

NONE_ASIDE = MappingProxyType(dict.fromkeys(ASIDE_KINDS, 0))


@dataclass(frozen=True, slots=True)
class DayCounts:
    """One day's numbers, every kind of ``COUNT_KINDS`` among them."""

    day: date
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counts:
    """Totals, and the days that had any, in order. ``campaign`` None spans all campaigns.

    ``aside`` are the numbers of ``ASIDE_KINDS``, which belong to no day.
    """

    partner: str | None
    campaign: str | None
    totals: Mapping[str, int]
    days: tuple[DayCounts, ...]
    aside: Mapping[str, int]


def read(
    connection: Connection, *, partner: str | None = None, campaign: str | None = None
) -> Counts:
    """The numbers of one partner, or of everybody; zeros when there are none."""
    wanted = [] if partner is None else [tallies.c.partner == partner]
    rows = _sums(connection, campaign, wanted)
    return _counts(partner, campaign, rows)


def read_each(connection: Connection, *, campaign: str | None = None) -> tuple[Counts, ...]:
    """The numbers of each partner, as they were added; last, if there are any, those of nobody."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in _sums(connection, campaign, [], tallies.c.partner):
        rows[row.partner].append(row)
    slugs = [partner.slug for partner in partners.list_all(connection)]
    each = [_counts(slug, campaign, rows[slug]) for slug in slugs]
    nobodys = rows[UNATTRIBUTED]
    return (*each, *([_counts(None, campaign, nobodys)] if nobodys else []))


def has_any(connection: Connection, campaign: str) -> bool:
    """Whether anything of the campaign was ever counted."""
    statement = select(tallies.c.n).where(tallies.c.campaign == campaign).limit(1)
    return connection.execute(statement).first() is not None


def read_campaigns(
    connection: Connection, partner: str, last_days: Mapping[str, date] = MappingProxyType({})
) -> tuple[Counts, ...]:
    """The numbers of one partner in each campaign that has any, in the campaigns' order.

    Where ``last_days`` names a campaign, what is later is left out.
    """
    rows = _sums(connection, None, [tallies.c.partner == partner], tallies.c.campaign)
    seen = (row for row in rows if row.day <= last_days.get(row.campaign, date.max))
    return tuple(
        _counts(partner, campaign, some)
        for campaign, some in groupby(seen, key=lambda row: str(row.campaign))
    )


def zeros() -> dict[str, int]:
    """Every number, before anything was counted."""
    return dict.fromkeys(COUNT_KINDS, 0)


def as_json(counts: Counts) -> dict[str, Any]:
    """The shape that the API and the command answer with."""
    return {
        "partner": counts.partner,
        "campaign": counts.campaign,
        "totals": dict(counts.totals),
        **counts.aside,
        "days": [{"day": day.day.isoformat(), **day.counts} for day in counts.days],
    }


def as_csv(counts: Counts) -> str:
    """A header and a line a day; the columns add up to the totals."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["day", *COUNT_KINDS])
    for day in counts.days:
        table.writerow([day.day.isoformat(), *day.counts.values()])
    return text.getvalue()


def _sums(
    connection: Connection, campaign: str | None, wanted: list[Any], *apart: Column[Any]
) -> Sequence[Any]:
    """Rows of day, kind and sum, in the days' order; ``apart`` comes before the day.

    They are added up over shards, and over campaigns unless one is named.
    """
    if campaign is not None:
        wanted = [*wanted, tallies.c.campaign == campaign]
    statement = (
        select(*apart, tallies.c.day, tallies.c.kind, func.sum(tallies.c.n).label("n"))
        .where(*wanted)
        .group_by(*apart, tallies.c.day, tallies.c.kind)
        .order_by(*apart, tallies.c.day)
    )
    return connection.execute(statement).all()


def _counts(partner: str | None, campaign: str | None, rows: Iterable[Any]) -> Counts:
    by_day: dict[date, dict[str, int]] = defaultdict(zeros)
    totals = dict.fromkeys((*COUNT_KINDS, *ASIDE_KINDS), 0)
    for row in rows:
        totals[row.kind] += int(row.n)
        if row.kind in COUNT_KINDS:
            by_day[row.day][row.kind] = int(row.n)
    days = tuple(DayCounts(day, counts) for day, counts in by_day.items())
    aside = {kind: totals.pop(kind) for kind in ASIDE_KINDS}
    return Counts(partner, campaign, totals, days, aside)
