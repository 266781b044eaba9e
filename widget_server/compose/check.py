"""A campaign's folder in, every mistake out: of its files, its dates, and its texts once merged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

from ..campaigns import Campaign, Problem
from ..campaigns.folder import read_folder
from ..campaigns.source import SourceFile
from ..model import Legislator
from ..places import ordinal
from .lengths import letter_problems, tweet_problems


@dataclass(frozen=True, slots=True)
class Today:
    """What a campaign is held against: the instant, its Congress, and everybody who serves."""

    now: datetime
    congress: int
    people: tuple[Legislator, ...]


def check(
    folder: Path, other_stances: Path | None = None, today: Today | None = None
) -> list[Problem]:
    """Every mistake in a campaign, in order of file and line; an empty list is a good campaign.

    ``other_stances`` is its stances file elsewhere. The texts are merged for everybody in
    ``today``, and for legislators with longer names than any. Without ``today`` no date is past.
    """
    campaign, found = read_folder(folder, other_stances)
    if found:
        return list(found)
    people = campaign.fixed.people if campaign.fixed else today.people if today else ()
    problems = [*_text_problems(campaign, people)]
    if today and campaign.declared in ("live", "paused"):
        problems += _date_problems(folder, campaign, today)
    return sorted(problems, key=lambda problem: (problem.file, problem.line))


@lru_cache(maxsize=64)
def _text_problems(campaign: Campaign, people: tuple[Legislator, ...]) -> tuple[Problem, ...]:
    """What is wrong with its texts, once merged: the same as long as nobody and no word changes."""
    return (*tweet_problems(campaign, people), *letter_problems(campaign))


def _date_problems(folder: Path, campaign: Campaign, today: Today) -> Iterator[Problem]:
    """What is over although the campaign is said to go on."""
    file = SourceFile.read(folder / "campaign.toml", [])
    root = file.table()
    day = campaign.day(today.now)
    if campaign.ends <= today.now:
        root.note(
            "ends",
            f"The campaign ended on {campaign.day(campaign.ends)}. "
            'Set a later day, or write state = "ended".',
        )
    if campaign.resumes and campaign.resumes < day:
        root.note("resumes", f"{campaign.resumes} is in the past.")
    for bill, table in zip(
        campaign.bills, root.many("bills") if campaign.bills else (), strict=True
    ):
        if fault := _congress_fault(bill.congress, today.congress):
            table.note("congress", f"{bill.label} {fault}")
    yield from file.problems


def _congress_fault(congress: int, sitting: int) -> str | None:
    if congress < sitting:
        return f"died with the {ordinal(congress)} Congress; this is the {ordinal(sitting)}."
    if congress > sitting:
        return f"cannot be there yet: this is the {ordinal(sitting)} Congress."
    return None
