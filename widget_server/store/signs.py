"""Signs that are found on rows afterwards: rows and a code in, rows that say so out."""

from collections.abc import Iterable
from itertools import groupby

from sqlalchemy import Connection, case, update

from .schema import submissions

ROWS_AT_ONCE = 500


def add(connection: Connection, rows: Iterable[tuple[str, str]], sign: str) -> int:
    """Put the sign on these rows, named by campaign and visit; how many did not have it."""
    changed = 0
    for campaign, some in groupby(sorted(rows), key=lambda row: row[0]):
        visits = [visit for _, visit in some]
        for start in range(0, len(visits), ROWS_AT_ONCE):
            changed += _add(connection, campaign, visits[start : start + ROWS_AT_ONCE], sign)
    return changed


def _add(connection: Connection, campaign: str, visits: list[str], sign: str) -> int:
    signs = submissions.c.signs
    statement = (
        update(submissions)
        .where(submissions.c.campaign == campaign, submissions.c.visit.in_(visits))
        .where(signs.not_like(f"%{sign}%"))
        .values(signs=case((signs == "", sign), else_=signs + f",{sign}"))
    )
    return connection.execute(statement).rowcount
