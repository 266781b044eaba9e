"""How often something came up in all processes of a database: one's own numbers in, all out."""

from collections.abc import Mapping

from sqlalchemy import Connection, delete, select

from .schema import limits
from .upsert import insert_or_add

#: The highest numbers are the ones that matter.
MOST_READ = 10_000


def exchange(connection: Connection, period: int, more: Mapping[bytes, int]) -> dict[bytes, int]:
    """Add what came up here since the last time; how often each came up everywhere."""
    rows = [{"key": key, "period": period, "n": n} for key, n in sorted(more.items())]
    insert_or_add(connection, limits, "n", rows)
    statement = (
        select(limits.c.key, limits.c.n)
        .where(limits.c.period == period)
        .order_by(limits.c.n.desc())
        .limit(MOST_READ)
    )
    return {row.key: row.n for row in connection.execute(statement)}


def forget(connection: Connection, period: int) -> None:
    """Delete what is of an earlier period."""
    connection.execute(delete(limits).where(limits.c.period < period))
