"""One campaign's folder: ``campaign.toml``, ``LANG.md`` and ``messages.toml`` as a ``Campaign``."""

from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from .campaign import Afterwards, Bill, Campaign, Chamber, Keep, Organiser, Source
from .messages import read_messages
from .source import Problem, SourceFile, Table
from .words import read_words

_HTTPS = r"https://[^\s<>\"]+"
_BIOGUIDE = r"[A-Z]\d{6}"


def read_folder(folder: Path) -> tuple[Campaign, tuple[Problem, ...]]:
    """The campaign of a folder named after its slug, and every mistake in it.

    The campaign is fit for use only when there is none.
    """
    problems: list[Problem] = []
    file = SourceFile.read(folder / "campaign.toml", problems)
    root = file.table()
    languages = _languages(root)
    organiser = _organiser(root.one("organiser"))
    words = {
        language: read_words(
            SourceFile.read(folder / f"{language}.md", problems), language, organiser
        )
        for language in languages
    }
    messages = read_messages(SourceFile.read(folder / "messages.toml", problems), languages)
    campaign = Campaign(
        slug=_slug(root, folder),
        languages=languages,
        starts=root.instant("starts"),
        ends=root.instant("ends"),
        timezone=_timezone(root),
        goal=root.number("goal"),
        accent=root.matching("accent", r"#[0-9a-fA-F]{6}", "a colour such as #1f4fb8"),
        organiser=organiser,
        bills=tuple(_bill(table) for table in root.many("bills")),
        afterwards=_afterwards(root.one("afterwards")),
        keep=cast(Keep, root.choice("keep", ("updates", "signatures"), "updates")),
        consent=root.text("consent"),
        host_events=root.flag("host_events", default=True),
        keep_district=root.flag("keep_district", default=True),
        sources=tuple(_source(table) for table in root.many("sources")),
        words=words,
        messages=messages,
    )
    if campaign.ends <= campaign.starts:
        root.note("ends", "The campaign ends before it starts.")
    root.close()
    return campaign, tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))


def _slug(root: Table, folder: Path) -> str:
    slug = root.matching("slug", r"[a-z0-9][a-z0-9-]{0,62}", "made of small letters and digits")
    if slug and slug != folder.resolve().name:
        root.note("slug", f"The slug {slug!r} is not the name of its folder.")
    return slug


def _languages(root: Table) -> tuple[str, ...]:
    languages = root.texts("languages")
    if "languages" in root.values and not languages:
        root.note("languages", "'languages' names none.")
    return languages


def _timezone(root: Table) -> str:
    name = root.text("timezone")
    try:
        ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        root.note("timezone", f"There is no time zone {name!r}.")
    return name


def _organiser(table: Table) -> Organiser:
    organiser = Organiser(
        name=table.text("name"),
        address=table.text("address"),
        contact=table.matching(
            "contact", rf"[^@\s<>]+@[^@\s<>]+|{_HTTPS}", "an email address or an https address"
        ),
    )
    table.close()
    return organiser


def _bill(table: Table) -> Bill:
    bill = Bill(
        chamber=cast(Chamber, table.choice("chamber", ("house", "senate"), "")),
        label=table.text("label"),
        url=table.matching("url", _HTTPS, "an https address"),
        sponsor=table.matching("sponsor", _BIOGUIDE, "a Bioguide id"),
        cosponsors=table.texts("cosponsors"),
        as_of=table.day("as_of"),
    )
    table.close()
    return bill


def _afterwards(table: Table) -> Afterwards:
    afterwards = Afterwards(url=table.matching("url", _HTTPS, "an https address"))
    table.close()
    return afterwards


def _source(table: Table) -> Source:
    source = Source(fact=table.text("fact"), url=table.matching("url", _HTTPS, "an https address"))
    table.close()
    return source
