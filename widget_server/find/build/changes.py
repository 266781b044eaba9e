"""Who came and went since the snapshot: seats and a file of changes in, seats as they are out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from ...errors import RosterError
from ...model import Legislator
from ..congress import end_of_congress
from ..seats import Seat
from .files import Record, read_json
from .people import house_role, house_term_end

CHANGES = "roster-changes-since-snapshot.json"

#: The list of vacancies has the day it was checked in its name.
_VACANCIES = "still_vacant_as_of_"


@dataclass(frozen=True, slots=True)
class Change:
    """Somebody left a seat, somebody took it, or both."""

    code: str
    left: Record | None
    took: Record | None


@dataclass(frozen=True, slots=True)
class Changes:
    """``vacant_since`` maps a seat's code to the day it fell vacant."""

    changes: tuple[Change, ...]
    vacant_since: Mapping[str, date]


def read_changes(folder: Path) -> Changes:
    """Raises RosterError naming the change and what is missing in it."""
    content = read_json(folder, CHANGES, dict)
    return Changes(
        changes=tuple(map(_change, Record(content, CHANGES).records("changes"))),
        vacant_since=_vacancies(content),
    )


def apply_changes(
    seats: Iterable[Seat], changes: Changes, accounts: Mapping[str, Mapping[str, str]]
) -> list[Seat]:
    """The seats after the changes; one that the seats already show is left alone."""
    current = list(seats)
    for change in changes.changes:
        serving = {seat.holder.id for seat in current if seat.holder}
        if change.took is None or change.took.text("bioguide") not in serving:
            current.append(_changed(current, change, accounts))
    return current


def vacant_house_seat(code: str, since: date | None, end: date) -> Seat:
    """A House seat that nobody holds, to the end of a Congress on ``end``."""
    state = code[:2]
    return Seat(code, None, house_role(state), None, since, house_term_end(state, end))


def _change(record: Record) -> Change:
    left, took = (record.record(key) if key in record else None for key in ("out", "in"))
    if left is None and took is None:
        raise record.fault("nobody came or went")
    return Change(record.text("seat"), left, took)


def _vacancies(content: Mapping[str, Any]) -> dict[str, date]:
    keys = [key for key in content if key.startswith(_VACANCIES)]
    if len(keys) != 1:
        raise RosterError(f"{CHANGES}: there is not one list '{_VACANCIES}...' but {len(keys)}.")
    vacancies = Record(content, CHANGES).records(keys[0])
    return {vacancy.text("seat"): vacancy.day("since") for vacancy in vacancies}


def _changed(
    current: list[Seat], change: Change, accounts: Mapping[str, Mapping[str, str]]
) -> Seat:
    """The seat after the change; it is taken out of ``current`` when it stood there."""
    left, took = change.left, change.took
    if left is not None:
        seat = _vacated(current, change.code, left)
        return _taken(seat, took, accounts) if took else seat
    assert took is not None
    start = took.day("start")
    seat = vacant_house_seat(change.code, None, end_of_congress(start))
    return _taken(seat, took, accounts)


def _vacated(current: list[Seat], code: str, left: Record) -> Seat:
    bioguide = left.text("bioguide")
    for seat in current:
        if seat.code == code and seat.holder and seat.holder.id == bioguide:
            current.remove(seat)
            return replace(seat, holder=None, start=left.day("date"))
    raise left.fault(f"{bioguide} does not hold {code}")


def _taken(seat: Seat, took: Record, accounts: Mapping[str, Mapping[str, str]]) -> Seat:
    start = took.day("start")
    end = min(seat.end, end_of_congress(start)) if took.text("how") == "appointment" else seat.end
    bioguide, name = took.text("bioguide"), took.text("name")
    person = Legislator(
        id=bioguide,
        role=seat.role,
        name=name,
        last_name=took.text("last") if "last" in took else _last_name(name),
        state=seat.state,
        district=None if seat.senate_class else seat.code,
        party=took.text("party"),
        caucus=None,
        phone=None,
        website=None,
        contact_form=None,
        email=None,
        accounts=accounts.get(bioguide, {}),
        start=start,
        end=end,
    )
    return replace(seat, holder=person, start=start, end=end)


def _last_name(name: str) -> str:
    """``"Everton Blair Jr."`` is Representative Blair; two-word names say so in ``last``."""
    words = [word for word in name.split() if word.strip(".,") not in {"Jr", "Sr", "II", "III"}]
    return words[-1]
