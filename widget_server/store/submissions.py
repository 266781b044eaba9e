"""The rows of people who were counted: insert, and what is known of them already."""

from dataclasses import dataclass

from sqlalchemy import Connection, select

from ..model import Submission
from .schema import UNATTRIBUTED, submissions
from .upsert import insert


@dataclass(frozen=True, slots=True)
class Standing:
    """What a submission adds: a new supporter, or one whom another partner had brought."""

    first: bool = False
    overlap: bool = False


def reference(connection: Connection, campaign: str, visit: str) -> str | None:
    """The reference this visit was given, None when it has not submitted."""
    return connection.execute(
        select(submissions.c.reference).where(
            submissions.c.campaign == campaign, submissions.c.visit == visit
        )
    ).scalar_one_or_none()


def standing(connection: Connection, submission: Submission) -> Standing:
    """What the submission would add, judged by the rows that are stored."""
    if submission.supporter is None:
        return Standing()
    person = (
        submissions.c.campaign == submission.campaign,
        submissions.c.supporter == submission.supporter,
    )
    here = submission.partner or UNATTRIBUTED
    brought_by = connection.execute(
        select(submissions.c.partner).where(*person, submissions.c.first.is_(True))
    ).scalar_one_or_none()
    if brought_by is None:
        return Standing(first=True)
    if brought_by in {UNATTRIBUTED, here}:
        return Standing()
    known_here = select(submissions.c.visit).where(*person, submissions.c.partner == here).limit(1)
    return Standing(overlap=connection.execute(known_here).first() is None)


def indexed_campaigns(connection: Connection) -> tuple[str, ...]:
    """The campaigns that have supporters, in order."""
    statement = (
        select(submissions.c.campaign)
        .where(submissions.c.supporter.is_not(None))
        .distinct()
        .order_by(submissions.c.campaign)
    )
    return tuple(connection.execute(statement).scalars())


def add(connection: Connection, submission: Submission, standing: Standing) -> bool:
    """Insert the row; False when its visit, or a first row of its supporter, is stored."""
    statement = insert(connection, submissions).on_conflict_do_nothing()
    inserted = connection.execute(
        statement,
        {
            "campaign": submission.campaign,
            "visit": submission.visit,
            "reference": submission.reference,
            "partner": submission.partner or UNATTRIBUTED,
            "supporter": submission.supporter,
            "first": standing.first,
            "overlap": standing.overlap,
            "district": submission.district,
            "language": submission.language,
            "day": submission.day,
            "consent": submission.consent,
            "envelope": submission.envelope,
        },
    )
    return inserted.rowcount == 1
