"""Counts kept as they grow: a mapping of keys to increments in, one row a key kept up."""

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from sqlalchemy import Connection

from .schema import tallies
from .upsert import insert_or_add


class TallyKey(NamedTuple):
    """What a number counts; ``partner`` is ``""`` when unattributed."""

    campaign: str
    partner: str
    day: date
    kind: str


def add(connection: Connection, counts: Mapping[TallyKey, int]) -> None:
    """Add each count to its row of this process, in an order that two writers share."""
    shard = connection.get_execution_options().get("shard", 0)
    rows = [
        {**key._asdict(), "shard": shard, "n": number}
        for key, number in sorted(counts.items())
        if number
    ]
    insert_or_add(connection, tallies, "n", rows)
