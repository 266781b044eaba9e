"""Sealed rows and a private key -> people, as CSV that no spreadsheet executes, or as JSONL.

This runs offline, where the key is; rows stream through, one at a time.
"""

import csv
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, TextIO

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Connection, Select, func, select

from ..errors import SealError
from ..seal import Context, open_
from ..store.schema import submissions

COLUMNS = (
    "reference",
    "day",
    "partner",
    "email",
    "name",
    "zip",
    "state",
    "district",
    "language",
    "updates",
    "consent",
)

#: What a spreadsheet takes for the beginning of a formula, full-width forms included.
_FORMULA = frozenset("=+-@＝＋－＠")
_BEHIND_A_SEPARATOR = re.compile(r"(?<=[^\s][;|\t])(?=\s*[-=+@＝＋－＠])")
_ROWS_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Broken:
    """An envelope that did not open: whose it is, and why."""

    reference: str
    reason: str


Person = dict[str, str]
Write = Callable[[Person], None]


def sealed_count(connection: Connection, campaign: str) -> int:
    """How many envelopes there are to open."""
    statement = _sealed(campaign).with_only_columns(func.count())
    return connection.execute(statement).scalar_one()


def people(
    connection: Connection, campaign: str, private: X25519PrivateKey
) -> Iterator[Person | Broken]:
    """Each sealed submission of the campaign, opened; one that does not open is Broken."""
    statement = _sealed(campaign).execution_options(yield_per=_ROWS_AT_ONCE)
    for row in connection.execute(statement):
        yield _open(row, private)


def csv_writer(file: TextIO) -> Write:
    """Write the header, and return what writes a person: every cell quoted, none a formula."""
    table = csv.DictWriter(file, COLUMNS, extrasaction="ignore", quoting=csv.QUOTE_ALL)
    table.writeheader()
    return lambda person: table.writerow({key: harmless(person[key]) for key in COLUMNS})


def jsonl_writer(file: TextIO) -> Write:
    """Return what writes a person as a line of JSON, exactly as they typed it."""
    return lambda person: print(json.dumps(person, ensure_ascii=False), file=file)


def harmless(cell: str) -> str:
    """The cell as a spreadsheet may see it: with ``'`` before what it would calculate.

    Also inside the cell, where a spreadsheet of another country's settings splits it in two.
    """
    inside = _BEHIND_A_SEPARATOR.sub("'", cell)
    first = cell.lstrip()[:1]
    return f"'{inside}" if first in _FORMULA or cell[:1] in {"\t", "\r", "\n"} else inside


def _sealed(campaign: str) -> Select[Any]:
    return select(submissions).where(
        submissions.c.campaign == campaign, submissions.c.envelope.is_not(None)
    )


def _open(row: Any, private: X25519PrivateKey) -> Person | Broken:
    context = Context(row.campaign, row.visit, row.reference, row.consent)
    try:
        personal = open_(row.envelope, private, context)
    except SealError as error:
        return Broken(row.reference, str(error))
    stored = {
        "reference": row.reference,
        "day": row.day.isoformat(),
        "partner": row.partner,
        "consent": row.consent or "",
    }
    return {key: {**personal, **stored}.get(key, "") for key in COLUMNS}
