"""Whose district lines are in force when: ``lines.csv`` in, ``Lines`` out, and back again.

A ZIP's districts are true only while its state's lines are in force, so validity is kept once a
state and not once a ZIP.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..errors import RosterError

COLUMNS = ("state", "congress", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True)
class Lines:
    """The districts of ``state`` as first drawn for ``congress``.

    In force from noon Eastern on ``valid_from`` to noon Eastern on ``valid_to``, or open.
    """

    state: str
    congress: int
    valid_from: date
    valid_to: date | None


def read_lines(path: Path) -> tuple[Lines, ...]:
    """Raises RosterError naming the file, the line and the fault."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        if tuple(next(reader, ())) != COLUMNS:
            raise RosterError(f"{path.name}, line 1: the columns are not {', '.join(COLUMNS)}.")
        return tuple(_lines(row, path, reader.line_num) for row in reader)


def write_lines(path: Path, lines: Iterable[Lines]) -> None:
    """One line a state, in order."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for each in sorted(lines, key=lambda each: (each.state, each.valid_from)):
            writer.writerow((each.state, each.congress, each.valid_from, each.valid_to))


def _lines(row: list[str], path: Path, line: int) -> Lines:
    try:
        state, congress, valid_from, valid_to = row
        return Lines(
            state,
            int(congress),
            date.fromisoformat(valid_from),
            date.fromisoformat(valid_to) if valid_to else None,
        )
    except ValueError as error:
        raise RosterError(f"{path.name}, line {line}: {error}.") from None
