"""A rule -> the submissions it is about, and their numbers before anything is done to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import eq, ge, le
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from ..model import SubmissionStatus
from .schema import submissions

Test = Callable[[ColumnElement[Any], Any], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Which submissions of a campaign are meant; what is None does not matter.

    ``partner`` ``""`` are those that no partner brought. ``since`` and ``until`` are both meant
    too, and ``signs`` is one code.
    """

    partner: str | None = None
    source: str | None = None
    since: date | None = None
    until: date | None = None
    signs: str | None = None
    language: str | None = None

    def as_json(self) -> dict[str, str]:
        """What it says, for a row and for a line in the audit."""
        said = {name: getattr(self, name) for name in self.__slots__}
        return {name: str(value) for name, value in said.items() if value is not None}

    def clauses(self) -> list[ColumnElement[bool]]:
        """What has to be true of a row."""
        columns = submissions.c
        signs = "," + columns.signs + ","
        tests: tuple[tuple[ColumnElement[Any], Test, Any], ...] = (
            (columns.partner, eq, self.partner),
            (columns.source, eq, self.source),
            (columns.day, ge, self.since),
            (columns.day, le, self.until),
            (signs, _has_code, self.signs),
            (columns.language, eq, self.language),
        )
        return [test(column, value) for column, test, value in tests if value is not None]


@dataclass(frozen=True, slots=True)
class Matched:
    """How many of a partner's submissions of a day are meant, and how many supporters they are."""

    partner: str
    day: date
    submitted: int
    supporters: int


def preview(
    connection: Connection, campaign: str, rule: Rule, status: SubmissionStatus
) -> tuple[Matched, ...]:
    """What the rule finds among the submissions of that status, by partner and day."""
    columns = submissions.c
    grouped = (columns.partner, columns.day)
    supporters = func.count().filter(columns.first)
    statement = (
        select(*grouped, func.count().label("submitted"), supporters.label("supporters"))
        .where(*_meant(campaign, rule, status))
        .group_by(*grouped)
        .order_by(*grouped)
    )
    return tuple(Matched(*row) for row in connection.execute(statement))


def next_visits(
    connection: Connection,
    campaign: str,
    rule: Rule,
    status: SubmissionStatus,
    after: str,
    most: int,
) -> list[str]:
    """The next visits that it finds, in order."""
    column = submissions.c.visit
    statement = select(column).where(*_meant(campaign, rule, status), column > after)
    return list(connection.execute(statement.order_by(column).limit(most)).scalars())


def _has_code(codes: ColumnElement[str], code: str) -> ColumnElement[bool]:
    return codes.contains(f",{code},", autoescape=True)


def _meant(campaign: str, rule: Rule, status: SubmissionStatus) -> list[Any]:
    columns = submissions.c
    return [columns.campaign == campaign, columns.status == status, *rule.clauses()]
