"""One row a seat of Congress: ``seats.csv`` in, ``Seat`` out, and back again.

A vacant seat is a row without a person. After ``end`` nobody knows who holds the seat, unless a
second row says who takes it then.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast, get_args

from ..errors import RosterError
from ..model import Legislator, Role
from .congress import noon_eastern

#: Networks with a column of their own, named as in ``Legislator.accounts``.
NETWORKS = ("x", "facebook", "instagram", "youtube", "mastodon")

COLUMNS = (
    *("seat", "class", "role", "id", "name", "last_name", "party", "caucus"),
    *("start", "end", "phone", "website", "contact_form", "email"),
    *NETWORKS,
)


#: What tells one seat from every other: its code, and the class of a Senate seat.
Key = tuple[str, int | None]


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat, and who holds it from noon Eastern on ``start`` to noon Eastern on ``end``.

    ``code`` is ``"CA-11"``, ``"WY-0"``, or ``"SC-SEN"`` for either Senate seat of a state, which
    ``senate_class`` tells apart. ``holder`` is None while the seat is vacant; ``start`` is then
    the day it fell vacant, None when that is not known.
    """

    code: str
    senate_class: int | None
    role: Role
    holder: Legislator | None
    start: date | None
    end: date

    @property
    def key(self) -> Key:
        """What tells this seat from every other."""
        return self.code, self.senate_class

    @property
    def term(self) -> str | None:
        """The holder's term in one text, ``"G000359 2021-01-03"``; None while vacant."""
        return f"{self.holder.id} {self.holder.start}" if self.holder else None

    def holds_at(self, instant: datetime) -> bool:
        """Whether this row is the truth about its seat at ``instant``."""
        begun = self.start is None or noon_eastern(self.start) <= instant
        return begun and instant < noon_eastern(self.end)

    @property
    def state(self) -> str:
        """The postal abbreviation of the seat's state."""
        return self.code[:2]


def seat_order(seat: Seat) -> tuple[str, int, int, date]:
    """Sorts by state, the House before the Senate, then by district or class, then by time."""
    if seat.senate_class is not None:
        return seat.state, 1, seat.senate_class, seat.end
    return seat.state, 0, int(seat.code[3:]), seat.end


def in_force(seats: Iterable[Seat], now: datetime) -> dict[Key, Seat]:
    """For each seat the row of ``now``, else the last one before, else the first one after."""
    rows: dict[Key, Seat] = {}
    for seat in sorted(seats, key=lambda seat: seat.end):
        if seat.key not in rows or seat.start is None or noon_eastern(seat.start) <= now:
            rows[seat.key] = seat
    return rows


def departed(before: Iterable[Seat], after: Iterable[Seat]) -> tuple[str, ...]:
    """The terms of ``before`` that ``after`` no longer has."""
    remaining = {seat.term for seat in after}
    return tuple(sorted(seat.term for seat in before if seat.term and seat.term not in remaining))


def read_seats(path: Path) -> tuple[Seat, ...]:
    """Raises RosterError naming the file, the line and the fault."""
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        if tuple(reader.fieldnames or ()) != COLUMNS:
            raise RosterError(f"{path.name}, line 1: the columns are not {', '.join(COLUMNS)}.")
        return tuple(_checked(row, path, reader.line_num) for row in reader)


def write_seats(path: Path, seats: Iterable[Seat]) -> None:
    """One line a seat, in a fixed order, so that a change of holder is a change of one line."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS, lineterminator="\n", restval="")
        writer.writeheader()
        writer.writerows(_row(seat) for seat in sorted(seats, key=seat_order))


def _checked(row: Mapping[str, str], path: Path, line: int) -> Seat:
    try:
        return _seat(row)
    except (ValueError, TypeError) as error:
        raise RosterError(f"{path.name}, line {line}: {error}.") from None


def _seat(row: Mapping[str, str]) -> Seat:
    if row["role"] not in get_args(Role):
        raise ValueError(f"{row['role']!r} is no role")
    holder = _holder(row) if row["id"] else None
    return Seat(
        code=row["seat"],
        senate_class=int(row["class"]) if row["class"] else None,
        role=cast(Role, row["role"]),
        holder=holder,
        start=holder.start if holder else _day(row["start"]),
        end=holder.end if holder else date.fromisoformat(row["end"]),
    )


def _holder(row: Mapping[str, str]) -> Legislator:
    return Legislator(
        id=row["id"],
        role=cast(Role, row["role"]),
        name=row["name"],
        last_name=row["last_name"],
        state=row["seat"][:2],
        district=None if row["class"] else row["seat"],
        party=row["party"],
        caucus=row["caucus"] or None,
        phone=row["phone"] or None,
        website=row["website"] or None,
        contact_form=row["contact_form"] or None,
        email=row["email"] or None,
        accounts={network: row[network] for network in NETWORKS if row[network]},
        start=date.fromisoformat(row["start"]),
        end=date.fromisoformat(row["end"]),
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _row(seat: Seat) -> dict[str, object]:
    row: dict[str, object] = {
        "seat": seat.code,
        "class": seat.senate_class,
        "role": seat.role,
        "start": seat.start,
        "end": seat.end,
    }
    if seat.holder is None:
        return row
    person = seat.holder
    return (
        row
        | dict(person.accounts)
        | {
            "id": person.id,
            "name": person.name,
            "last_name": person.last_name,
            "party": person.party,
            "caucus": person.caucus,
            "phone": person.phone,
            "website": person.website,
            "contact_form": person.contact_form,
            "email": person.email,
        }
    )
