"""Where a partner's widget stands: the partner's own labels, and the sites that asked for it.

A site is an origin, never a page's address. What a page says of itself may be a lie, so all of
this is for people to read; nothing is attributed or allowed by it.
"""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, select

from .schema import origins, sources
from .upsert import insert_or_set, insert_or_skip

#: More than these of one partner are not kept apart.
MOST_LABELS = 20
MOST_ORIGINS = 50


class Sighting(NamedTuple):
    """A page of this origin asked for the partner's widget; ``refused``: it may not frame it."""

    partner: str
    origin: str
    refused: bool
    day: date


class Origin(NamedTuple):
    """A site that asked for a partner's widget, and between which days."""

    origin: str
    refused: bool
    first_day: date
    last_day: date


def note_labels(connection: Connection, labels: Iterable[tuple[str, str]]) -> None:
    """Remember these labels of these partners."""
    rows = [{"partner": partner, "source": source} for partner, source in sorted(labels) if source]
    insert_or_skip(connection, sources, rows)


def labels(connection: Connection) -> dict[str, frozenset[str]]:
    """The labels of each partner that has any."""
    found: dict[str, set[str]] = {}
    for partner, source in connection.execute(select(sources.c.partner, sources.c.source)):
        found.setdefault(partner, set()).add(source)
    return {partner: frozenset(known) for partner, known in found.items()}


def note_sightings(connection: Connection, sightings: Iterable[Sighting]) -> None:
    """Remember these sites; of those that are known, that they were seen again."""
    latest = {each[:3]: each for each in sorted(sightings)}
    rows = [
        {**each._asdict(), "first_day": each.day, "last_day": each.day} for each in latest.values()
    ]
    insert_or_set(connection, origins, "last_day", rows)


def seen(connection: Connection, partner: str) -> tuple[Origin, ...]:
    """The sites that asked for the partner's widget: those that may show it, the last first.

    Then those that may not, of which a stranger can invent any number.
    """
    columns = origins.c
    statement = (
        select(columns.origin, columns.refused, columns.first_day, columns.last_day)
        .where(columns.partner == partner)
        .order_by(columns.refused, columns.last_day.desc(), columns.origin)
        .limit(2 * MOST_ORIGINS)
    )
    return tuple(Origin(*row) for row in connection.execute(statement))
