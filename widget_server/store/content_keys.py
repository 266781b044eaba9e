"""The wrapped keys that open envelopes: each is stored once, with the first row that it closes."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from ..model import Submission
from .schema import content_keys
from .upsert import insert_or_skip


def add(connection: Connection, sent: Iterable[Submission]) -> None:
    """Insert the keys of these rows, in the rows' own transaction.

    They go in an order that two processes share. ``day`` is that of the first row.
    """
    rows: dict[tuple[str, bytes], dict[str, Any]] = {}
    for each in sent:
        if each.content_key and each.wrapped:
            row = {"id": each.content_key, "wrapped": each.wrapped, "day": each.day}
            rows.setdefault((each.campaign, each.content_key), {"campaign": each.campaign, **row})
    insert_or_skip(connection, content_keys, [rows[name] for name in sorted(rows)])
