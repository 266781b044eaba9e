"""Contact pages that the lists of legislators lack: ``contacts.csv`` in, seats that know them out.

    id,contact_form,date,source
    P000197,https://pelosi.house.gov/contact/email-me,2026-11-22,by hand

A row whose source is ``looked up`` was written by ``threesteps roster sync --contacts``; any other
is somebody's own, and stands before what upstream says and what was looked up.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import RosterError
from .seats import Seat

CONTACTS = "contacts.csv"
COLUMNS = ("id", "contact_form", "date", "source")
LOOKED_UP = "looked up"


@dataclass(frozen=True, slots=True)
class Contact:
    """Where one legislator takes messages, since when that is known, and who says so."""

    id: str
    contact_form: str
    date: date
    source: str


def read_contacts(home: Path) -> dict[str, Contact]:
    """By Bioguide id; empty without the file. Raises RosterError naming the line and its fault."""
    try:
        text = (home / CONTACTS).read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise RosterError(f"{CONTACTS}: cannot be read ({error}).") from None
    reader = csv.reader(io.StringIO(text, newline=""))
    if tuple(next(reader, ())) != COLUMNS:
        raise RosterError(f"{CONTACTS}, line 1: the columns are not {', '.join(COLUMNS)}.")
    contacts = (_contact(row, reader.line_num) for row in reader if row)
    return {contact.id: contact for contact in contacts}


def write_contacts(home: Path, contacts: Iterable[Contact]) -> None:
    """Replace the file at once."""
    new = home / f"{CONTACTS}.new"
    with new.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        for each in sorted(contacts, key=lambda each: each.id):
            writer.writerow((each.id, each.contact_form, each.date, each.source))
    new.replace(home / CONTACTS)


def with_contacts(seats: Iterable[Seat], contacts: Mapping[str, Contact]) -> tuple[Seat, ...]:
    """The seats, each holder with the contact page that is known best."""
    return tuple(_with_contact(seat, contacts) for seat in seats)


def _with_contact(seat: Seat, contacts: Mapping[str, Contact]) -> Seat:
    contact = contacts.get(seat.holder.id) if seat.holder else None
    if contact is None or seat.holder is None:
        return seat
    if contact.source == LOOKED_UP and seat.holder.contact_form:
        return seat
    return replace(seat, holder=replace(seat.holder, contact_form=contact.contact_form))


def _contact(row: list[str], line: int) -> Contact:
    try:
        bioguide, contact_form, day, source = (cell.strip() for cell in row)
        parts = urlsplit(contact_form)
        if not bioguide or parts.scheme != "https" or not parts.hostname:
            raise ValueError(f"{contact_form!r} is no https address of anybody")
        return Contact(bioguide, contact_form, date.fromisoformat(day), source)
    except ValueError as error:
        raise RosterError(f"{CONTACTS}, line {line}: {error}.") from None
