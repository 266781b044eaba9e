"""A campaign's folder in, every mistake out: of its files, and of its texts once merged."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from ..campaigns import Campaign, Message, Problem
from ..campaigns.folder import read_folder
from ..campaigns.placeholders import fill
from ..model import Legislator, Role
from .email import MAX_BODY_LENGTH, kinds, letter
from .placeholders import values
from .weight import MAX_WEIGHTED_LENGTH, weighted_length

#: Bluesky counts graphemes and links in full; characters are never fewer.
MAX_GRAPHEMES = 300


def check(folder: Path, other_stances: Path | None = None) -> list[Problem]:
    """Every mistake in a campaign, in order of file and line; an empty list is a good campaign.

    ``other_stances`` is its stances file elsewhere. The texts are merged for legislators with the
    longest names and places that occur.
    """
    campaign, problems = read_folder(folder, other_stances)
    if problems:
        return list(problems)
    return [*_tweet_problems(campaign), *_letter_problems(campaign)]


def _tweet_problems(campaign: Campaign) -> Iterator[Problem]:
    for message in campaign.messages.tweets:
        for sentence in dict.fromkeys(_tweet_faults(campaign, message)):
            yield Problem(campaign.messages.file, message.line, sentence)


def _tweet_faults(campaign: Campaign, message: Message) -> Iterator[str]:
    which = f"The tweet {message.id!r}"
    if message.text.count("{mention}") != 1:
        yield f"{which} does not have {{mention}} exactly once."
    if message.text.startswith(("@", "{mention}")):
        yield f"{which} begins with a mention: only followers of both would see it."
    texts = [fill(message.text, values(campaign, legislator)) for legislator in LONGEST]
    weight = max(weighted_length(text) for text in texts)
    if weight > MAX_WEIGHTED_LENGTH:
        yield f"{which} can weigh {weight}; X allows {MAX_WEIGHTED_LENGTH}."
    length = max(len(text) for text in texts)
    if length > MAX_GRAPHEMES:
        yield f"{which} can be {length} characters long; Bluesky allows {MAX_GRAPHEMES}."


def _letter_problems(campaign: Campaign) -> Iterator[Problem]:
    """A letter can be too long: said at its opening, once for each."""
    for opening in campaign.messages.openings:
        length = max(_letter_lengths(campaign, opening), default=0)
        if length >= MAX_BODY_LENGTH:
            sentence = (
                f"A letter with the opening {opening.id!r} can be {length} characters long; "
                f"it has to stay under {MAX_BODY_LENGTH}."
            )
            yield Problem(campaign.messages.file, opening.line, sentence)


def _letter_lengths(campaign: Campaign, opening: Message) -> Iterator[int]:
    messages = campaign.messages
    _, *others = kinds(messages)
    picks = [pick for rest in product(*others) if _go_together(pick := (opening, *rest))]
    for legislator in LONGEST:
        filling = values(campaign, legislator)
        for pick in picks:
            yield len(letter(messages, pick, filling, messages.language).body)


def _go_together(pick: tuple[Message, ...]) -> bool:
    return len({message.audience for message in pick} - {"both"}) < 2


def _longest(role: Role, state: str, district: str | None, **accounts: str) -> Legislator:
    """A legislator with long names; the longest of 2026 has 30 characters."""
    return Legislator(
        id="X000000",
        role=role,
        name="Maximiliana Fitzgerald-Longley",
        last_name="Fitzgerald-Longley",
        state=state,
        district=district,
        party="",
        caucus=None,
        phone=None,
        website=None,
        contact_form=None,
        email=None,
        accounts=accounts,
        start=date.min,
        end=date.max,
    )


LONGEST = (
    _longest("representative", "NC", "NC-14"),
    _longest("representative", "NC", "NC-14", x="RepFifteenChars"),
    _longest("delegate", "MP", "MP-0"),
    _longest("resident commissioner", "PR", "PR-0"),
    _longest("senator", "NC", None),
)
