"""What is raised to end something for everybody at once, such as an organiser's sessions."""

from sqlalchemy import Connection, select

from .schema import generations
from .upsert import insert_or_add, insert_or_skip

ORGANISER_SESSIONS = "organiser-sessions"


def current(connection: Connection, name: str) -> int:
    """The generation that is good now; the first is 1."""
    found = connection.execute(select(generations.c.n).where(generations.c.name == name))
    return int(found.scalar_one_or_none() or 1)


def end(connection: Connection, name: str) -> int:
    """End the current generation; the one that begins."""
    insert_or_skip(connection, generations, [{"name": name, "n": 1}])
    insert_or_add(connection, generations, "n", [{"name": name, "n": 1}])
    return current(connection, name)
