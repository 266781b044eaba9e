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
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from ..errors import RosterError
from ..model import Legislator
from ..private import locked
from ..private import replace as replace_file
from .seats import Seat

CONTACTS = "contacts.csv"
COLUMNS = ("id", "contact_form", "date", "source")
LOOKED_UP = "looked up"

#: A page that was looked up longer ago may have moved.
OLD = timedelta(days=90)


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
    try:
        if tuple(next(reader, ())) != COLUMNS:
            raise RosterError(f"{CONTACTS}, line 1: the columns are not {', '.join(COLUMNS)}.")
        contacts = [_contact(row, reader.line_num) for row in reader if row]
    except csv.Error as error:
        raise RosterError(f"{CONTACTS}, line {reader.line_num}: {error}.") from None
    return {contact.id: contact for contact in contacts}


def write_contacts(home: Path, contacts: Iterable[Contact]) -> None:
    """Replace the file at once."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for each in sorted(contacts, key=lambda each: each.id):
        writer.writerow((each.id, each.contact_form, each.date, each.source))
    replace_file(home / CONTACTS, text.getvalue().encode())


def keep_looked_up(home: Path, contact: Contact) -> None:
    """Add one row to the file as it is now; somebody's own row stays. Raises RosterError."""
    try:
        with locked(home / f".{CONTACTS}.lock"):
            contacts = read_contacts(home)
            if contacts.get(contact.id, contact).source == LOOKED_UP:
                write_contacts(home, {**contacts, contact.id: contact}.values())
    except OSError as error:
        raise RosterError(f"{home / CONTACTS} cannot be written ({error.strerror}).") from None


def to_look_up(
    people: Iterable[Legislator], contacts: Mapping[str, Contact], today: date
) -> list[Legislator]:
    """Those whose contact page is not known, or was looked up a long time ago."""
    old = {
        (each.id, each.contact_form)
        for each in contacts.values()
        if each.source == LOOKED_UP and today - each.date > OLD
    }
    return [
        person
        for person in people
        if person.contact_form is None or (person.id, person.contact_form) in old
    ]


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
