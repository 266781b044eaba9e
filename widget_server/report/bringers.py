"""Tallies -> what each partner brought, and when the widget was last seen at work there."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select

from ..model import COUNT_KINDS
from ..store.schema import tallies


@dataclass(frozen=True, slots=True)
class Bringer:
    """A partner's numbers, ``partner`` ``""`` for nobody's; ``last_day`` that had any."""

    partner: str
    totals: Mapping[str, int]
    last_day: date


def read(connection: Connection, campaign: str | None = None) -> tuple[Bringer, ...]:
    """Everybody who brought anything, who brought most supporters first; nobody comes last."""
    columns = tallies.c
    of_one = [] if campaign is None else [columns.campaign == campaign]
    statement = (
        select(columns.partner, columns.kind, func.sum(columns.n), func.max(columns.day))
        .where(columns.kind.in_(COUNT_KINDS), *of_one)
        .group_by(columns.partner, columns.kind)
    )
    totals: dict[str, dict[str, int]] = {}
    last: dict[str, date] = {}
    for partner, kind, number, day in connection.execute(statement):
        totals.setdefault(partner, dict.fromkeys(COUNT_KINDS, 0))[kind] = int(number)
        last[partner] = max(last.get(partner, day), day)
    found = (Bringer(partner, numbers, last[partner]) for partner, numbers in totals.items())
    return tuple(sorted(found, key=_rank))


def _rank(each: Bringer) -> tuple[bool, int, int, int, str]:
    totals = each.totals
    most = (-totals["supporters"], -totals["submitted"], -totals["acted"])
    return (not each.partner, *most, each.partner)
