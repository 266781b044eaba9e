"""The rows of people who were counted: insert, and what is known of them already."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, select

from ..model import Submission, SubmissionStatus
from .engine import database_of
from .schema import UNATTRIBUTED, submissions
from .upsert import insert_or_skip


@dataclass(frozen=True, slots=True)
class Standing:
    """What a submission adds: a new supporter, or one whom another partner had brought."""

    first: bool = False
    overlap: bool = False


_CAMPAIGN = submissions.c.campaign == bindparam("campaign")
_REFERENCES = select(submissions.c.visit, submissions.c.reference).where(
    _CAMPAIGN, submissions.c.visit.in_(bindparam("visits", expanding=True))
)
_KNOWN_TO = (
    select(submissions.c.visit)
    .where(
        _CAMPAIGN,
        submissions.c.supporter == bindparam("supporter"),
        submissions.c.partner == bindparam("partner"),
        submissions.c.first.is_(False),
        submissions.c.status == "counted",
    )
    .limit(1)
)


def kinds(status: SubmissionStatus, standing: Standing) -> Iterator[str]:
    """What a row counts as; what is set aside brings nobody."""
    if status != "held":
        yield "submitted"
    if status != "counted":
        yield status
    if standing.first:
        yield "supporters"
    if standing.overlap:
        yield "overlap"


def references(connection: Connection, sent: Sequence[Submission]) -> dict[tuple[str, str], str]:
    """The references that visits among these were given before, by campaign and visit."""
    found = {}
    for campaign, some in _by_campaign(sent):
        asked = {"campaign": campaign, "visits": [each.visit for each in some]}
        for visit, reference in connection.execute(_REFERENCES, asked):
            found[campaign, visit] = reference
    return found


def is_stored(connection: Connection, campaign: str, visit: str) -> bool:
    """Whether there is a row of this visit."""
    asked = {"campaign": campaign, "visits": [visit]}
    return connection.execute(_REFERENCES, asked).first() is not None


def standings(connection: Connection, sent: Sequence[Submission]) -> list[Standing]:
    """What each would add, judged by the rows that are stored and by those before it."""
    known = _Known(connection, sent)
    return [known.standing(each) for each in sent]


def indexed_campaigns(connection: Connection) -> tuple[str, ...]:
    """The campaigns that have supporters, in order."""
    statement = (
        select(submissions.c.campaign)
        .where(submissions.c.supporter.is_not(None), submissions.c.first.is_(True))
        .distinct()
        .order_by(submissions.c.campaign)
    )
    return tuple(connection.execute(statement).scalars())


def has_supporters(connection: Connection, campaign: str) -> bool:
    """Whether anybody of the campaign was indexed."""
    statement = select(submissions.c.campaign).where(
        submissions.c.campaign == campaign,
        submissions.c.supporter.is_not(None),
        submissions.c.first.is_(True),
    )
    return connection.execute(statement.limit(1)).first() is not None


def add(connection: Connection, sent: Sequence[Submission], standings: Sequence[Standing]) -> int:
    """Insert rows; how many went in.

    Those stay out whose visit is stored, or a first row of their supporter. The rows go in an
    order that two processes share, so that they do not wait for each other in a circle.
    """
    rows = [_row(*each) for each in zip(sent, standings, strict=True)]
    rows.sort(key=lambda row: (row["campaign"], row["supporter"] or b"", row["visit"]))
    return insert_or_skip(connection, submissions, rows)


class _Known:
    """Who brought each of these people, and whom else they have submitted through."""

    def __init__(self, connection: Connection, sent: Sequence[Submission]) -> None:
        self._connection = connection
        self._brought_by: dict[tuple[str, bytes], str] = {}
        self._met: set[tuple[str, bytes, str]] = set()
        statement = database_of(connection).brought_by
        for campaign, some in _by_campaign(sent):
            people = sorted({each.supporter for each in some if each.supporter})
            asked = {"campaign": campaign, "supporters": people}
            for supporter, partner in connection.execute(statement, asked) if people else ():
                self._brought_by[campaign, supporter] = partner

    def standing(self, sent: Submission) -> Standing:
        """What this one adds; it is known to the next."""
        if sent.supporter is None or sent.status != "counted":
            return Standing()
        here = sent.partner or UNATTRIBUTED
        person = (sent.campaign, sent.supporter)
        if person not in self._brought_by:
            self._brought_by[person] = here
            return Standing(first=True)
        if self._brought_by[person] in {UNATTRIBUTED, here}:
            return Standing()
        return Standing(overlap=not self._has_met(*person, here))

    def _has_met(self, campaign: str, supporter: bytes, partner: str) -> bool:
        """Whether they have submitted through this partner before; from now on they have.

        Only asked about a partner who did not bring them: their first row is not among these.
        """
        if (campaign, supporter, partner) in self._met:
            return True
        self._met.add((campaign, supporter, partner))
        asked = {"campaign": campaign, "supporter": supporter, "partner": partner}
        return self._connection.execute(_KNOWN_TO, asked).first() is not None


def _by_campaign(sent: Sequence[Submission]) -> Iterator[tuple[str, list[Submission]]]:
    ordered = sorted(sent, key=lambda each: each.campaign)
    for campaign, some in groupby(ordered, key=lambda each: each.campaign):
        yield campaign, list(some)


def _row(submission: Submission, standing: Standing) -> dict[str, Any]:
    return {
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
        "source": submission.source,
        "status": submission.status,
        "signs": submission.signs,
        "content_key": submission.content_key,
    }
