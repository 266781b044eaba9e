"""The tables ``[place]``, ``[matter]`` and ``[[targets]]`` of a campaign's facts, as ``Fixed``."""

from collections.abc import Sequence
from datetime import date

from ..model import Legislator
from .fixed import Fixed, Matter, Named, Target
from .source import EMAIL, HTTPS, Table, refuse_twins

_ID = r"[a-z][a-z0-9-]{0,31}"
#: Where a letter can go; a target needs one of them.
_WAYS = ("email", "contact_form", "website")


def read_fixed(root: Table, glossed: Sequence[str]) -> Fixed:
    """Whom everybody writes to; what is missing or wrong is noted in the file's problems.

    ``glossed`` are the languages in which a place and an office need names of their own.
    """
    place = root.one("place")
    named = _named(place, "name", glossed)
    place.close()
    tables = root.many("targets")
    targets = tuple(_target(table, glossed) for table in tables)
    refuse_twins([target.person.id for target in targets], tables)
    return Fixed(
        place=named,
        matter=_matter(root.one("matter")),
        targets=targets,
        as_of=min((target.person.start for target in targets), default=date.min),
    )


def _named(table: Table, key: str, glossed: Sequence[str]) -> Named:
    return Named(table.text(key), {language: table.text(language) for language in glossed})


def _matter(table: Table) -> Matter:
    matter = Matter(label=table.text("label"), url=table.matching("url", *HTTPS))
    table.close()
    return matter


def _target(table: Table, glossed: Sequence[str]) -> Target:
    target = Target(_person(table), _named(table, "title", glossed), table.text("short_title"))
    if not any(table.has(way) for way in _WAYS):
        table.file.note(table.line, f"A target needs one of {', '.join(_WAYS)}.")
    table.close()
    return target


def _person(table: Table) -> Legislator:
    """The target as the other stages know people; the term begins on the day of the facts."""
    handle = _optional(table, "x", r"[A-Za-z0-9_]{1,15}", "an account on X without its @")
    return Legislator(
        id=table.matching("id", _ID, "made of small letters, digits and hyphens"),
        role="official",
        name=table.text("name"),
        last_name=table.text("last_name"),
        state="",
        district=None,
        party="",
        caucus=None,
        phone=_optional(table, "phone", r"\d{3}-\d{3}-\d{4}", "a number such as 202-555-0100"),
        website=_optional(table, "website", *HTTPS),
        contact_form=_optional(table, "contact_form", *HTTPS),
        email=_optional(table, "email", *EMAIL),
        accounts={"x": handle} if handle else {},
        start=table.day("as_of"),
        end=date.max,
    )


def _optional(table: Table, key: str, pattern: str, what: str) -> str | None:
    return table.matching(key, pattern, what) if table.has(key) else None
