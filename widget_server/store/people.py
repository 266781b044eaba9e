"""The rows of people -> who brought each of them, once some of their rows came or went.

Who came first is known by the day, and of two rows of one day by what they were when they were
stored. So what a row was is kept as its *claim* for as long as it is something else, and whoever
claims to be first comes before everybody. What the rows are is then a matter of which of them
count, and not of the order in which they were set aside.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Subquery,
    and_,
    delete,
    exists,
    func,
    or_,
    select,
    union_all,
    update,
)

from ..model import SubmissionStatus
from .engine import database_of
from .schema import UNATTRIBUTED, invalidated, submissions


@dataclass(frozen=True, slots=True)
class Row:
    """A submission's standing, and in ``was_...`` what it claims.

    ``invalidation`` is the one that set it aside, ``""`` when another row's changed it, None when
    it is as it was stored.
    """

    visit: str
    partner: str
    supporter: bytes | None
    source: str
    day: date
    status: SubmissionStatus
    first: bool
    overlap: bool
    invalidation: str | None
    was: SubmissionStatus
    was_first: bool
    was_overlap: bool

    @property
    def is_as_it_was(self) -> bool:
        """Whether it stands as it claims."""
        now = (self.status, self.first, self.overlap)
        return now == (self.was, self.was_first, self.was_overlap)

    @property
    def rank(self) -> tuple[bool, date, bool, bool, str]:
        """Who came first has the least."""
        claims = self.was_first and self.invalidation is not None
        return (not claims, self.day, not self.was_first, not self.was_overlap, self.visit)


_S, _I = submissions.c, invalidated.c
_JOINED = submissions.outerjoin(invalidated, and_(_I.campaign == _S.campaign, _I.visit == _S.visit))
_COLUMNS: tuple[ColumnElement[Any], ...] = (
    _S.visit,
    _S.partner,
    _S.supporter,
    _S.source,
    _S.day,
    _S.status,
    _S.first,
    _S.overlap,
    _I.invalidation,
    func.coalesce(_I.status, _S.status).label("was"),
    func.coalesce(_I.first, _S.first).label("was_first"),
    func.coalesce(_I.overlap, _S.overlap).label("was_overlap"),
)
#: ``Row.rank``, as the database says it.
_RANK: tuple[ColumnElement[Any], ...] = (
    func.coalesce(_I.first, False).desc(),
    _S.day,
    func.coalesce(_I.first, _S.first).desc(),
    func.coalesce(_I.overlap, _S.overlap).desc(),
    _S.visit,
)


def rows_of(connection: Connection, campaign: str, visits: Sequence[str]) -> list[Row]:
    """The rows of these visits, in order."""
    wanted = (_S.campaign == campaign, _S.visit.in_(visits))
    return _rows(connection, select(*_COLUMNS).select_from(_JOINED).where(*wanted))


def visits_of(connection: Connection, campaign: str, invalidation: str, most: int) -> list[str]:
    """Some of the visits that an invalidation set aside."""
    wanted = (_I.campaign == campaign, _I.invalidation == invalidation)
    return list(connection.execute(select(_I.visit).where(*wanted).limit(most)).scalars())


def lock(connection: Connection, campaign: str, people: Sequence[bytes]) -> None:
    """Let nobody else judge these people until the commit; who writes alone need not."""
    if database_of(connection).is_shared:
        for each in _both_kinds(campaign, people):
            held = each.order_by(_S.supporter, _S.visit).with_for_update()
            connection.execute(held).close()


def leaders(connection: Connection, campaign: str, people: Sequence[bytes]) -> list[Row]:
    """Of each person's rows that count, those that may be of consequence, by person.

    That is each partner's first, and whatever is or was something.
    """
    theirs = union_all(*_both_kinds(campaign, people)).subquery()
    place = func.row_number().over(partition_by=(_S.supporter, _S.partner), order_by=_RANK)
    ranked = _ranked(campaign, theirs, place)
    notable = or_(
        ranked.c.place == 1, ranked.c.first, ranked.c.overlap, ranked.c.invalidation.is_not(None)
    )
    columns = [ranked.c[column.name] for column in _COLUMNS]
    return _rows(connection, select(*columns).where(notable).order_by(ranked.c.supporter))


def claimed(connection: Connection, campaign: str, people: Sequence[bytes]) -> set[bytes]:
    """Those of these people whom a row that stands aside claims to have brought."""
    theirs = union_all(*_both_kinds(campaign, people)).subquery()
    joined = theirs.join(
        invalidated, and_(_I.campaign == campaign, _I.visit == theirs.c.visit, _I.first.is_(True))
    )
    return set(connection.execute(select(theirs.c.supporter).select_from(joined)).scalars())


def let_go(connection: Connection, campaign: str, person: bytes) -> None:
    """Let this person's rows that count be what they are, for nobody can compare them any more.

    One that stands aside and comes back brings them no second time.
    """
    theirs = (_S.campaign == campaign, _S.supporter == person)
    claims = (_I.campaign == campaign, _I.visit.in_(select(_S.visit).where(*theirs)))
    connection.execute(delete(invalidated).where(*claims, _I.invalidation == ""))
    is_brought = exists(select(_S.visit).where(*theirs, _S.first.is_(True)))
    connection.execute(update(invalidated).where(*claims, is_brought).values(first=False))


def settle(rows: Iterable[Row]) -> Iterator[Row]:
    """The rows of some people, ordered by person, as they now stand."""
    for _, some in groupby(rows, key=lambda row: row.supporter):
        theirs = sorted(some, key=lambda row: row.rank)
        met = {theirs[0].partner}
        yield replace(theirs[0], first=True, overlap=False)
        for row in theirs[1:]:
            overlaps = theirs[0].partner != UNATTRIBUTED and row.partner not in met
            met.add(row.partner)
            yield replace(row, first=False, overlap=overlaps)


def _both_kinds(campaign: str, people: Sequence[bytes]) -> list[Select[Any]]:
    """Their rows, through the two indexes that each hold a part of them."""
    theirs = select(_S.visit, _S.supporter).where(
        _S.campaign == campaign, _S.supporter.in_(people), _S.supporter.is_not(None)
    )
    return [theirs.where(_S.first.is_(True)), theirs.where(_S.first.is_(False))]


def _ranked(campaign: str, theirs: Subquery, place: ColumnElement[int]) -> Subquery:
    joined = theirs.join(
        submissions, and_(_S.campaign == campaign, _S.visit == theirs.c.visit)
    ).outerjoin(invalidated, and_(_I.campaign == campaign, _I.visit == theirs.c.visit))
    statement = select(*_COLUMNS, place.label("place")).select_from(joined)
    return statement.where(_S.status == "counted").subquery()


def _rows(connection: Connection, statement: Select[Any]) -> list[Row]:
    return [Row(**each) for each in connection.execute(statement).mappings()]
