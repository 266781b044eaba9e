"""The rows of people who were counted: insert, and what is known of them already."""

from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, select

from ..model import Submission
from .schema import UNATTRIBUTED, submissions
from .upsert import insert_or_skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What a submission adds: a new supporter, or one whom another partner had brought."""

    first: bool = False
    overlap: bool = False


_VISIT = (
    submissions.c.campaign == bindparam("campaign"),
    submissions.c.visit == bindparam("visit"),
)
_PERSON = (
    submissions.c.campaign == bindparam("campaign"),
    submissions.c.supporter == bindparam("supporter"),
)
_REFERENCE = select(submissions.c.reference).where(*_VISIT)
_BROUGHT_BY = select(submissions.c.partner).where(*_PERSON, submissions.c.first.is_(True))
_KNOWN_TO = (
    select(submissions.c.visit)
    .where(*_PERSON, submissions.c.partner == bindparam("partner"))
    .limit(1)
)


def reference(connection: Connection, campaign: str, visit: str) -> str | None:
    """The reference this visit was given, None when it has not submitted."""
    found = connection.execute(_REFERENCE, {"campaign": campaign, "visit": visit})
    return found.scalar_one_or_none()


def standing(connection: Connection, submission: Submission) -> Standing:
    """What the submission would add, judged by the rows that are stored."""
    if submission.supporter is None:
        return Standing()
    here = submission.partner or UNATTRIBUTED
    person = {"campaign": submission.campaign, "supporter": submission.supporter}
    brought_by = connection.execute(_BROUGHT_BY, person).scalar_one_or_none()
    if brought_by is None:
        return Standing(first=True)
    if brought_by in {UNATTRIBUTED, here}:
        return Standing()
    known_here = connection.execute(_KNOWN_TO, {**person, "partner": here}).first()
    return Standing(overlap=known_here is None)


def indexed_campaigns(connection: Connection) -> tuple[str, ...]:
    """The campaigns that have supporters, in order."""
    statement = (
        select(submissions.c.campaign)
        .where(submissions.c.supporter.is_not(None))
        .distinct()
        .order_by(submissions.c.campaign)
    )
    return tuple(connection.execute(statement).scalars())


def has_supporters(connection: Connection, campaign: str) -> bool:
    """Whether anybody of the campaign was indexed."""
    statement = select(submissions.c.campaign).where(
        submissions.c.campaign == campaign, submissions.c.supporter.is_not(None)
    )
    return connection.execute(statement.limit(1)).first() is not None


def add(connection: Connection, submission: Submission, standing: Standing) -> bool:
    """Insert the row; False when its visit, or a first row of its supporter, is stored."""
    inserted = connection.execute(
        insert_or_skip(connection, submissions),
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
