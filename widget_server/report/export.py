"""Sealed rows and private keys -> people, one at a time, however many there are.

This runs offline, where the key is. ``spreadsheet`` and ``osdi`` write who comes out.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, func, select

from ..errors import SealError
from ..model import SubmissionStatus
from ..seal import ContentKey, Context, PrivateKey, open_, unwrap
from ..store.schema import content_keys, submissions

#: What is known of a person: ``""`` where nothing is.
FIELDS = (
    "reference",
    "campaign",
    "day",
    "partner",
    "source",
    "email",
    "name",
    "zip",
    "state",
    "district",
    "language",
    "updates",
    "consent",
)

#: Unicode's category Cc: no name has them and terminals obey them, but browsers can seal them.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

_ROWS_AT_ONCE = 500
#: So many content keys are remembered: the rows of one are scattered among all the others.
_REMEMBERED = 4096


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose submissions: of a campaign and a status, from a day on, brought by a partner."""

    campaign: str
    since: date | None = None
    partner: str | None = None
    status: SubmissionStatus = "counted"


@dataclass(frozen=True, slots=True)
class Broken:
    """An envelope that did not open: whose it is, and why."""

    reference: str
    reason: str


#: By ``FIELDS``.
Person = dict[str, str]


def sealed_count(connection: Connection, wanted: Wanted) -> int:
    """How many envelopes there are to open."""
    statement = _sealed(wanted).with_only_columns(func.count(submissions.c.visit))
    return connection.execute(statement).scalar_one()


def is_known(connection: Connection, campaign: str) -> bool:
    """Whether anything of the campaign is sealed here, whatever became of it."""
    sealed = (submissions.c.campaign == campaign, submissions.c.envelope.is_not(None))
    statement = select(submissions.c.visit).where(*sealed).limit(1)
    return connection.execute(statement).first() is not None


def people(
    connection: Connection, wanted: Wanted, privates: Sequence[PrivateKey]
) -> Iterator[Person | Broken]:
    """Each sealed submission that is wanted, opened with whichever key does; else it is Broken.

    The database hands its rows over a few at a time, so a million take no more memory.
    """
    statement = _sealed(wanted).execution_options(yield_per=_ROWS_AT_ONCE)

    @lru_cache(maxsize=_REMEMBERED)
    def opened(campaign: str, wrapped: bytes) -> ContentKey:
        return unwrap(wrapped, campaign, privates)

    with connection.execute(statement) as rows:
        for row in rows:
            yield _open(row, opened)


def _sealed(wanted: Wanted) -> Select[Any]:
    columns = submissions.c
    key = (content_keys.c.campaign == columns.campaign) & (content_keys.c.id == columns.content_key)
    statement = (
        select(submissions, content_keys.c.wrapped)
        .select_from(submissions.outerjoin(content_keys, key))
        .where(columns.campaign == wanted.campaign, columns.status == wanted.status)
        .where(columns.envelope.is_not(None))
    )
    if wanted.since is not None:
        statement = statement.where(columns.day >= wanted.since)
    if wanted.partner is not None:
        statement = statement.where(columns.partner == wanted.partner)
    return statement


def _open(row: Any, opened: Callable[[str, bytes], ContentKey]) -> Person | Broken:
    try:
        personal = _personal(row, opened)
    except SealError as error:
        return Broken(row.reference, str(error))
    stored = {
        "reference": row.reference,
        "campaign": row.campaign,
        "day": row.day.isoformat(),
        "partner": row.partner,
        "source": row.source,
        "consent": row.consent or "",
    }
    known = {**personal, **stored}
    return {field: _CONTROL.sub("", known.get(field, "")) for field in FIELDS}


def _personal(row: Any, opened: Callable[[str, bytes], ContentKey]) -> dict[str, str]:
    if row.wrapped is None:
        raise SealError("What opens the envelope is missing.")
    key = opened(row.campaign, row.wrapped)
    if key.id != row.content_key:
        raise SealError("What opens the envelope was exchanged for another.")
    return open_(row.envelope, key, Context(row.campaign, row.visit, row.reference, row.consent))
