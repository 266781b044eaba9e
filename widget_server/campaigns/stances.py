"""The stances file: rows of CSV in, who stands behind which bill out, and back again."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import cast

from ..errors import CampaignError
from ..model import Stance
from ..private import make_folder, replace
from .bill import Signer
from .source import SourceFile

#: The file's name in a campaign's folder.
STANCES = "stances.csv"

COLUMNS = ("person", "bill", "stance", "source", "date")

_FORMS = {
    "person": (r"[A-Z]\d{6}", "a Bioguide id"),
    "stance": (r"sponsor|cosponsor", "sponsor or cosponsor"),
    "source": (r"https://\S+", "an https address"),
    "date": (r"\d{4}-\d{2}-\d{2}", "a date such as 2026-06-01"),
}


def read_signers(file: SourceFile, labels: Collection[str] | None = None) -> tuple[Signer, ...]:
    """Every good row; what is wrong with the others is noted in the file's problems.

    ``labels`` are the bills that a row may name, None for any.
    """
    signers: dict[tuple[str, str], Signer] = {}
    for line, row in _rows(file):
        if fault := _fault(row, labels, signers):
            file.note(line, fault)
        else:
            signers[row[0], row[1]] = _signer(row)
    return tuple(signers.values())


def write_signers(path: Path, signers: Iterable[Signer]) -> None:
    """Replace the file at once, its rows in order: whoever reads it sees the old or the new one.

    Raises CampaignError when it cannot be written; the old file stays.
    """
    text = io.StringIO(newline="")
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(COLUMNS)
    rows.writerows(_row(signer) for signer in sorted(signers, key=_place))
    try:
        make_folder(path.parent)
        replace(path, text.getvalue().encode(), mode=0o644)
    except OSError as error:
        raise CampaignError(f"{path} cannot be written: {error.strerror}.") from error


def _rows(file: SourceFile) -> Iterator[tuple[int, list[str]]]:
    """The rows below the columns, each with its line."""
    rows = csv.reader(file.lines)
    try:
        if tuple(next(rows, ())) != COLUMNS:
            file.note(1, f"The first line is not {','.join(COLUMNS)}.")
            return
        for row in rows:
            yield rows.line_num, row
    except csv.Error as error:
        file.note(rows.line_num, f"This is not CSV: {error}.")


def _fault(
    row: Sequence[str], labels: Collection[str] | None, seen: Collection[tuple[str, str]]
) -> str | None:
    """What is wrong with a row, as a sentence."""
    if len(row) != len(COLUMNS):
        return f"There are {len(row)} columns and not {len(COLUMNS)}."
    values = dict(zip(COLUMNS, row, strict=True))
    for column, (pattern, what) in _FORMS.items():
        if not re.fullmatch(pattern, values[column]):
            return f"{column!r} is not {what}: {values[column]!r}."
    if labels is not None and values["bill"] not in labels:
        return f"{values['bill']!r} is the label of none of the campaign's bills."
    if (row[0], row[1]) in seen:
        return f"{row[0]} stands here twice for {row[1]}."
    return None if _is_day(values["date"]) else f"There is no day {values['date']}."


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _signer(row: Sequence[str]) -> Signer:
    person, bill, stance, source, day = row
    return Signer(person, bill, cast(Stance, stance), source, date.fromisoformat(day))


def _row(signer: Signer) -> tuple[str, ...]:
    return (
        signer.person,
        signer.bill,
        signer.stance,
        signer.source,
        signer.as_of.isoformat(),
    )


def _place(signer: Signer) -> tuple[str, bool, str]:
    """A bill's sponsor stands before its cosponsors."""
    return signer.bill, signer.stance != "sponsor", signer.person
