"""A partner's labelled placements -> the numbers of each; what has no label comes last.

They add up to the partner's own numbers, to the unit.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import starmap
from typing import Any

from sqlalchemy import Connection, func, select

from ..model import COUNT_KINDS
from ..store.schema import source_tallies
from .counts import Counts, zeros

UNLABELLED = ""

#: Numbers by day and kind.
Days = dict[date, dict[str, int]]

#: By what placements are ranked: never by how often they were shown.
_RANKED_BY = ("supporters", "submitted", "acted", "found")


@dataclass(frozen=True, slots=True)
class Placement:
    """One label, ``""`` for none, and its numbers of each day and of all, every kind among them."""

    label: str
    days: Mapping[date, Mapping[str, int]]
    totals: Mapping[str, int]


def read(
    connection: Connection, counts: Counts, last_day: date | None = None
) -> tuple[Placement, ...]:
    """The placements behind these counts of a partner, which are those up to ``last_day``."""
    labels: dict[str, Days] = defaultdict(lambda: defaultdict(zeros))
    rest: Days = defaultdict(zeros, {day.day: dict(day.counts) for day in counts.days})
    for label, day, kind, n in _rows(connection, counts, last_day):
        labels[label][day][kind] = int(n)
        rest[day][kind] -= int(n)
    return tuple(starmap(_placement, [*labels.items(), (UNLABELLED, rest)]))


def together(placements: Iterable[Placement]) -> tuple[Placement, ...]:
    """The placements of several campaigns, those that brought most first.

    None when nothing was labelled.
    """
    labels: dict[str, dict[date, Counter[str]]] = defaultdict(lambda: defaultdict(Counter))
    totals: dict[str, Counter[str]] = defaultdict(Counter)
    for placement in placements:
        totals[placement.label].update(placement.totals)
        for day, numbers in placement.days.items():
            labels[placement.label][day].update(numbers)
    if not any(totals):
        return ()
    found = (Placement(label, labels[label], numbers) for label, numbers in totals.items())
    return tuple(sorted(found, key=_rank))


def as_csv(placements: tuple[Placement, ...]) -> str:
    """A header, and a line for each label and day; the lines of a day add up to its counts."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["source", "day", *COUNT_KINDS])
    for placement in placements:
        for day, numbers in sorted(placement.days.items()):
            table.writerow([placement.label, day.isoformat(), *numbers.values()])
    return text.getvalue()


def _placement(label: str, days: Mapping[date, Mapping[str, int]]) -> Placement:
    totals = {kind: sum(day[kind] for day in days.values()) for kind in COUNT_KINDS}
    return Placement(label, days, totals)


def _rows(connection: Connection, counts: Counts, last_day: date | None) -> list[Any]:
    columns = source_tallies.c
    wanted = [columns.partner == counts.partner, columns.kind.in_(COUNT_KINDS)]
    if counts.campaign is not None:
        wanted.append(columns.campaign == counts.campaign)
    if last_day is not None:
        wanted.append(columns.day <= last_day)
    statement = (
        select(columns.source, columns.day, columns.kind, func.sum(columns.n).label("n"))
        .where(*wanted)
        .group_by(columns.source, columns.day, columns.kind)
    )
    return list(connection.execute(statement).all())


def _rank(placement: Placement) -> tuple[Any, ...]:
    totals = placement.totals
    most = (-totals[kind] for kind in _RANKED_BY)
    return (placement.label == UNLABELLED, *most, placement.label)
