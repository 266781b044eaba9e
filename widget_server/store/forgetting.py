"""One person out of the rows: what names them goes, their row and every number stay."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select, update

from . import audit, people
from .retention import EMPTY
from .schema import submissions


@dataclass(frozen=True, slots=True)
class Forgotten:
    """One submission of theirs: what the visitor was given, its day, and whether it was sealed."""

    reference: str
    day: date
    sealed: bool


def forget(
    connection: Connection, campaign: str, supporter: bytes, who: str, now: datetime
) -> tuple[Forgotten, ...]:
    """Empty the rows of this blind index; what they were, the oldest first.

    The one that brought a new supporter goes on counting as one. Whoever submits again is
    somebody new. Keys that open nothing any more are for ``retention.drop_unused_keys``.
    """
    people.lock(connection, campaign, [supporter])
    people.let_go(connection, campaign, supporter)
    columns = submissions.c
    theirs = (columns.campaign == campaign, columns.supporter == supporter)
    asked = select(columns.reference, columns.day, columns.envelope.is_not(None)).where(*theirs)
    found = connection.execute(asked.order_by(columns.day)).all()
    nothing = {**EMPTY, "supporter": None, "consent": None}
    connection.execute(update(submissions).where(*theirs).values(nothing))
    if found:
        audit.note(connection, now, who, "person forgotten", campaign, rows=str(len(found)))
    return tuple(Forgotten(*row) for row in found)
