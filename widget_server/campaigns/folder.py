"""One campaign's folder: facts, words, messages and stances as a ``Campaign``."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..assets import interface_languages
from .bill import Bill, BillType, Signer
from .campaign import Afterwards, Campaign, Keep, Organiser, Sealer, Source, State
from .messages import EVERYBODY, others, read_messages
from .source import HTTPS, SLUG, Problem, SourceFile, Table
from .stances import STANCES, read_signers
from .targets import read_fixed
from .words import read_words


def read_folder(
    folder: Path, other_stances: Path | None = None
) -> tuple[Campaign, tuple[Problem, ...]]:
    """The campaign of a folder named after its slug, and every mistake in it.

    The campaign is fit for use only when there is none. ``other_stances`` is a stances file
    elsewhere; for each bill the newer of the two counts.
    """
    problems: list[Problem] = []
    root = SourceFile.read(folder / "campaign.toml", problems).table()
    campaign = _campaign(root, folder, other_stances, problems)
    if campaign.ends <= campaign.starts:
        root.note("ends", "The campaign ends before it starts.")
    root.close()
    return campaign, tuple(sorted(problems, key=lambda problem: (problem.file, problem.line)))


def _campaign(
    root: Table, folder: Path, other_stances: Path | None, problems: list[Problem]
) -> Campaign:
    languages, targeted = _languages(root), root.has("targets")
    messages = read_messages(
        SourceFile.read(folder / "messages.toml", problems),
        languages,
        ("ask",) if targeted else EVERYBODY,
    )
    organiser = _organiser(root.one("organiser"))
    declared = cast(State, root.choice("state", get_args(State), "live"))
    return Campaign(
        slug=_slug(root, folder),
        languages=languages,
        starts=root.instant("starts"),
        ends=root.instant("ends"),
        timezone=_timezone(root),
        declared=declared,
        resumes=root.day("resumes") if root.has("resumes") else None,
        goal=root.number("goal"),
        accent=root.matching("accent", r"#[0-9a-fA-F]{6}", "a colour such as #1f4fb8"),
        organiser=organiser,
        bills=() if targeted else _bills(root, folder, other_stances, problems),
        fixed=read_fixed(root, others(languages, messages.language)) if targeted else None,
        afterwards=_afterwards(root.one("afterwards")),
        keep=cast(Keep, root.choice("keep", get_args(Keep), "updates")),
        seal=cast(Sealer, root.choice("seal", get_args(Sealer), "server")),
        consent=root.matching("consent", r".{1,64}", "of at most 64 characters"),
        host_events=root.flag("host_events", default=True),
        keep_district=root.flag("keep_district", default=True),
        count_floor=root.number("count_floor", least=0) if root.has("count_floor") else 0,
        count_delay=root.number("count_delay", least=0) if root.has("count_delay") else 0,
        sources=tuple(_source(table) for table in root.many("sources")),
        words={
            language: read_words(
                SourceFile.read(folder / f"{language}.md", problems), language, organiser, declared
            )
            for language in languages
        },
        messages=messages,
    )


def _slug(root: Table, folder: Path) -> str:
    slug = root.matching("slug", *SLUG)
    if slug and slug != folder.resolve().name:
        root.note("slug", f"The slug {slug!r} is not the name of its folder.")
    return slug


def _languages(root: Table) -> tuple[str, ...]:
    languages = root.texts("languages")
    if "languages" in root.values and not languages:
        root.note("languages", "'languages' names none.")
    known = interface_languages()
    for language in languages:
        if language not in known:
            root.note("languages", f"The widget speaks {', '.join(known)}, and no {language!r}.")
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
            "contact", rf"[^@\s<>]+@[^@\s<>]+|{HTTPS[0]}", "an email address or an https address"
        ),
    )
    table.close()
    return organiser


def _bill(table: Table) -> Bill:
    types = get_args(BillType)
    bill = Bill(
        congress=table.number("congress"),
        type=cast(BillType, table.matching("type", "|".join(types), f"one of {', '.join(types)}")),
        number=table.number("number"),
        label=table.text("label"),
        url=table.matching("url", *HTTPS),
    )
    table.close()
    return bill


def _bills(
    root: Table, folder: Path, other: Path | None, problems: list[Problem]
) -> tuple[Bill, ...]:
    """The bills with their signers; neither stances file has to be there."""
    bills = [_bill(table) for table in root.many("bills")]
    own = folder / STANCES
    labels = {bill.label for bill in bills}
    signers = read_signers(SourceFile.read(own, problems), labels) if own.exists() else ()
    others = read_signers(SourceFile.read(other, problems)) if other else ()
    return tuple(_newest(bill, others, signers) for bill in bills)


def _newest(bill: Bill, *files: Sequence[Signer]) -> Bill:
    """The bill with its signers from the file that knows them best."""
    return max(
        (
            replace(bill, signers={each.person: each for each in file if each.bill == bill.label})
            for file in files
        ),
        key=lambda signed: signed.as_of or date.min,
    )


def _afterwards(table: Table) -> Afterwards:
    afterwards = Afterwards(url=table.matching("url", *HTTPS))
    table.close()
    return afterwards


def _source(table: Table) -> Source:
    source = Source(fact=table.text("fact"), url=table.matching("url", *HTTPS))
    table.close()
    return source
