"""The audit in words: entries in; who did what to whom, in the reader's language, out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ...store.audit import Entry
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Line:
    """What happened, as a sentence, and what was said about it."""

    at: datetime
    words: str
    details: str


def lines(desk: Desk, entries: Iterable[Entry]) -> list[Line]:
    """Each entry in words; what has no words here stays as it was written down."""
    return [
        Line(entry.at, _sentence(desk, entry), " · ".join(map(str, entry.details.values())))
        for entry in entries
    ]


def _sentence(desk: Desk, entry: Entry) -> str:
    who = _named(desk, entry.who, "who")
    key = "did_" + entry.what.lower().replace(" ", "_")
    what = desk.t(key) if key in desk.t else entry.what
    if entry.who == entry.subject:
        return desk.t("entry_own", who=who, what=what)
    return desk.t("entry", who=who, what=what, subject=_named(desk, entry.subject, "subject"))


def _named(desk: Desk, name: str, role: str) -> str:
    """A partner by name; the organiser and commands by what they are called in this role."""
    key = f"{role}_{name}"
    if key in desk.t:
        return desk.t(key)
    partner = desk.service.partners.get(name)
    return partner.name if partner else name
