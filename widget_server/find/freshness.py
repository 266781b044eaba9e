"""How long the facts hold: tables and the clock in, a sentence about each doubt out."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from ..places import ordinal
from .congress import congress_at, congress_term, noon_eastern
from .seats import Key
from .tables import Tables

#: The package's own facts are somebody's work; synced ones cost nothing to renew.
OLD_PACKAGE = timedelta(days=90)
OLD_SYNC = timedelta(days=30)


def warnings(tables: Tables, now: datetime) -> list[str]:
    """What an organiser must know about the age and the end of the facts.

    The end of a Congress is announced from 1 December on.
    """
    return [*_ended(tables, now), *_ending(tables, now), *_lines(tables, now), *_age(tables, now)]


def days_left(tables: Tables, now: datetime) -> float:
    """Until the first fact about a seat ends; 0 when there are none, less when it is over."""
    ends = map(noon_eastern, _last_days(tables).values())
    return min(((end - now) / timedelta(days=1) for end in ends), default=0.0)


def _ended(tables: Tables, now: datetime) -> Iterator[str]:
    last = _last_days(tables)
    over = [day for day in last.values() if noon_eastern(day) <= now]
    if over:
        yield (
            f"The facts about {len(over)} of {len(last)} seats ended at noon Eastern on "
            f"{min(over)}: nobody is named for them until `threesteps roster sync` knows who "
            "holds them."
        )


def _ending(tables: Tables, now: datetime) -> Iterator[str]:
    congress = congress_at(now)
    end = congress_term(congress)[1]
    seats = sum(now < noon_eastern(day) <= noon_eastern(end) for day in _last_days(tables).values())
    if seats and _is_announced(end, now):
        yield (
            f"The facts about {seats} seats end with the {ordinal(congress)} Congress at noon "
            f"Eastern on {end}: from then on nobody is named for them unless "
            "`threesteps roster sync` has run since."
        )


def _lines(tables: Tables, now: datetime) -> Iterator[str]:
    ends: dict[date, list[str]] = {}
    for lines in tables.lines:
        if lines.valid_to and _is_announced(lines.valid_to, now):
            ends.setdefault(lines.valid_to, []).append(lines.state)
    for end, states in ends.items():
        congress = congress_at(noon_eastern(end))
        yield (
            f"New district lines hold from noon Eastern on {end} in {', '.join(sorted(states))}: "
            "there a ZIP tells only the state until `threesteps roster sync` has those of the "
            f"{ordinal(congress)} Congress."
        )


def _age(tables: Tables, now: datetime) -> Iterator[str]:
    if tables.synced_at:
        if now - tables.synced_at > OLD_SYNC:
            yield (
                f"The roster was last synced on {tables.synced_at:%Y-%m-%d}; some legislators may "
                "have left: run `threesteps roster sync`."
            )
    elif now - datetime.combine(tables.as_of, time(), UTC) > OLD_PACKAGE:
        yield (
            f"The facts about legislators are of {tables.as_of}; some may have left: "
            "run `threesteps roster sync`."
        )


def _last_days(tables: Tables) -> dict[Key, date]:
    """Until when something is known about each seat."""
    last: dict[Key, date] = {}
    for seat in tables.seats:
        last[seat.key] = max(seat.end, last.get(seat.key, seat.end))
    return last


def _is_announced(end: date, now: datetime) -> bool:
    return now >= noon_eastern(date(end.year - 1, 12, 1)) - timedelta(hours=12)
