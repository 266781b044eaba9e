"""What is done again and again: when it last was, and what came of it."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select, update

from .schema import tasks
from .upsert import insert_or_skip

RETENTION = "retention"
RECOUNT = "recount"
BACKUP = "backup"
#: A copy of the keys was shown to ``doctor``; the result is a hash of what was in it.
KEYS_BACKUP = "keys backup"
#: A request came through a proxy that is not trusted; the result is who was.
UNKNOWN_PROXY = "unknown proxy"


class Run(NamedTuple):
    """One time that it was done; ``result`` is a sentence."""

    at: datetime
    result: str


def note(connection: Connection, name: str, run: Run) -> None:
    """Put this run in the place of the one before."""
    new = {"last_at": run.at, "last_result": run.result}
    insert_or_skip(connection, tasks, [{"name": name, **new}])
    connection.execute(update(tasks).where(tasks.c.name == name).values(new))


def last(connection: Connection, name: str) -> Run | None:
    """The last run, None before the first."""
    columns = tasks.c
    asked = select(columns.last_at, columns.last_result).where(columns.name == name)
    row = connection.execute(asked).first()
    return Run(*row) if row else None
