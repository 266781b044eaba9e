"""Who did what: a line for each change that an organiser, a partner or a command made."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, select

from .schema import audit
from .upsert import insert_or_skip

_ID_BYTES = 12


class Entry(NamedTuple):
    """``who`` is ``organiser``, ``command`` or a partner's slug; ``subject`` what it was about."""

    at: datetime
    who: str
    what: str
    subject: str
    details: Mapping[str, str]


def note(
    connection: Connection, at: datetime, who: str, what: str, subject: str, **details: str
) -> None:
    """Write a line, in the transaction that makes the change."""
    entry = Entry(at, who, what, subject, details)
    row = {"id": secrets.token_urlsafe(_ID_BYTES), **entry._asdict()}
    insert_or_skip(connection, audit, [row])


def latest(
    connection: Connection, most: int, subject: str | None = None, *, skip: int = 0
) -> tuple[Entry, ...]:
    """The last lines but the newest ``skip``, of one subject or of all, the newest first."""
    columns = audit.c
    about = [] if subject is None else [columns.subject == subject]
    statement = (
        select(columns.at, columns.who, columns.what, columns.subject, columns.details)
        .where(*about)
        .order_by(columns.at.desc(), columns.id)
        .limit(most)
        .offset(skip)
    )
    return tuple(Entry(*row) for row in connection.execute(statement))
