"""Counts kept as they grow: a mapping of keys to changes in, one row a key kept up."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from .schema import source_tallies, tallies
from .upsert import insert_or_add


class TallyKey(NamedTuple):
    """What a number counts; ``partner`` is ``""`` when unattributed, ``source`` unlabelled."""

    campaign: str
    partner: str
    day: date
    kind: str
    source: str = ""


def add(connection: Connection, counts: Mapping[TallyKey, int]) -> None:
    """Add each count to its row of this process, and to that of its source if it has one.

    The rows go in an order that two writers share.
    """
    shard = connection.get_execution_options().get("shard", 0)
    totals: Counter[TallyKey] = Counter()
    for key, number in counts.items():
        totals[key._replace(source="")] += number
    labelled = Counter({key: number for key, number in counts.items() if key.source})
    for table, numbers in ((tallies, totals), (source_tallies, labelled)):
        changes = sorted((key, n) for key, n in numbers.items() if n)
        rows = [{**key._asdict(), "shard": shard, "n": n} for key, n in changes]
        insert_or_add(connection, table, "n", rows)


def held(connection: Connection) -> dict[str, int]:
    """How many submissions wait until somebody looks, by campaign; only where there are any."""
    n = func.sum(tallies.c.n)
    asked = select(tallies.c.campaign, n).where(tallies.c.kind == "held")
    rows = connection.execute(asked.group_by(tallies.c.campaign).having(n > 0))
    return {campaign: int(number) for campaign, number in rows}
