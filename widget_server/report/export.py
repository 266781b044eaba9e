"""Sealed rows and a private key -> people, one at a time, however many there are.

This runs offline, where the key is. ``spreadsheet`` and ``osdi`` write who comes out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, Select, func, select

from ..errors import SealError
from ..seal import Context, open_
from ..store.schema import submissions

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

_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose submissions: of a campaign, from a day on, brought by a partner."""

    campaign: str
    since: date | None = None
    partner: str | None = None


@dataclass(frozen=True, slots=True)
class Broken:
    """An envelope that did not open: whose it is, and why."""

    reference: str
    reason: str


#: By ``FIELDS``.
Person = dict[str, str]


def sealed_count(connection: Connection, wanted: Wanted) -> int:
    """How many envelopes there are to open."""
    statement = _sealed(wanted).with_only_columns(func.count())
    return connection.execute(statement).scalar_one()


def people(
    connection: Connection, wanted: Wanted, private: X25519PrivateKey
) -> Iterator[Person | Broken]:
    """Each sealed submission that is wanted, opened; one that does not open is Broken.

    The database hands its rows over a few at a time, so a million take no more memory.
    """
    statement = _sealed(wanted).execution_options(yield_per=_ROWS_AT_ONCE)
    with connection.execute(statement) as rows:
        for row in rows:
            yield _open(row, private)


def _sealed(wanted: Wanted) -> Select[Any]:
    columns = submissions.c
    statement = select(submissions).where(
        columns.campaign == wanted.campaign, columns.envelope.is_not(None)
    )
    if wanted.since is not None:
        statement = statement.where(columns.day >= wanted.since)
    if wanted.partner is not None:
        statement = statement.where(columns.partner == wanted.partner)
    return statement


def _open(row: Any, private: X25519PrivateKey) -> Person | Broken:
    context = Context(row.campaign, row.visit, row.reference, row.consent)
    try:
        personal = open_(row.envelope, private, context)
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
    return {field: known.get(field, "") for field in FIELDS}
