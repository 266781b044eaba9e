"""A campaign in, the texts that are too long for somebody out, each at its line."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from itertools import product

from ..campaigns import Campaign, Message, Problem
from ..campaigns.placeholders import fill
from ..model import Legislator, Role
from .email import MAX_BODY_LENGTH, kinds, letter
from .placeholders import titles, values
from .weight import MAX_WEIGHTED_LENGTH, weighted_length

#: Bluesky counts graphemes and links in full; characters are never fewer.
MAX_GRAPHEMES = 300

#: How a network measures a post, what it allows, and how that is said.
_LIMITS: tuple[tuple[Callable[[str], int], int, str], ...] = (
    (weighted_length, MAX_WEIGHTED_LENGTH, "it weighs {length}, and X allows {most}."),
    (len, MAX_GRAPHEMES, "it has {length} characters, and Bluesky allows {most}."),
)


def tweet_problems(campaign: Campaign, people: Sequence[Legislator]) -> Iterator[Problem]:
    """The tweets that do not fit, or mention nobody, with whom of ``people`` they fail for."""
    for message in campaign.messages.tweets:
        for sentence in _tweet_faults(campaign, message, people):
            yield Problem(campaign.messages.file, message.line, sentence)


def letter_problems(campaign: Campaign) -> Iterator[Problem]:
    """A letter can be too long: said at its opening, once for each."""
    for opening in campaign.messages.openings:
        length = max(_letter_lengths(campaign, opening), default=0)
        if length >= MAX_BODY_LENGTH:
            sentence = (
                f"A letter with the opening {opening.id!r} can be {length} characters long; "
                f"it has to stay under {MAX_BODY_LENGTH}."
            )
            yield Problem(campaign.messages.file, opening.line, sentence)


def _tweet_faults(
    campaign: Campaign, message: Message, people: Sequence[Legislator]
) -> Iterator[str]:
    which = f"The tweet {message.id!r}"
    if message.text.count("{mention}") != 1:
        yield f"{which} does not have {{mention}} exactly once."
    if message.text.startswith(("@", "{mention}")):
        yield f"{which} begins with a mention: only followers of both would see it."
    readers = [person for person in people if message.suits(campaign.stance(person))]
    merged = _merged(campaign, message, readers)
    longest = _merged(campaign, message, _longest_of(campaign))
    for measure, most, said in _LIMITS:
        lengths = _too_long(merged, measure, most) or _too_long(longest, measure, most)
        if lengths:
            worst = max(lengths, key=lambda person: lengths[person])
            length = lengths[worst]
            whom = _whom(campaign, worst, len(lengths) - 1)
            why = said.format(length=length, most=most)
            yield f"{which} is too long by {length - most} for {whom}: {why}"


def _merged(
    campaign: Campaign, message: Message, people: Sequence[Legislator]
) -> Mapping[Legislator, str]:
    """What each of them would be sent."""
    return {person: fill(message.text, values(campaign, person)) for person in people}


def _too_long(
    merged: Mapping[Legislator, str], measure: Callable[[str], int], most: int
) -> Mapping[Legislator, int]:
    """For whom a text is longer than it may be, and how long it is then."""
    lengths = {person: measure(text) for person, text in merged.items()}
    return {person: length for person, length in lengths.items() if length > most}


def _whom(campaign: Campaign, worst: Legislator, others: int) -> str:
    """``Rep. Marie Gluesenkamp Perez (WA-3) and 2 others``."""
    _, short_title = titles(campaign, worst)
    place = worst.district or worst.state
    name = f"{short_title} {worst.name}" + (f" ({place})" if place else "")
    if worst in LONGEST:
        return f"a name as long as {name}"
    return name if not others else f"{name} and {others} other{'s' if others > 1 else ''}"


def _letter_lengths(campaign: Campaign, opening: Message) -> Iterator[int]:
    messages = campaign.messages
    _, *others = kinds(messages)
    picks = [pick for rest in product(*others) if _go_together(pick := (opening, *rest))]
    for legislator in _longest_of(campaign):
        filling = values(campaign, legislator)
        for pick in picks:
            yield len(letter(messages, pick, filling, messages.language).body)


def _go_together(pick: tuple[Message, ...]) -> bool:
    return len({message.audience for message in pick} - {"both"}) < 2


def _longest_of(campaign: Campaign) -> Sequence[Legislator]:
    return campaign.fixed.people if campaign.fixed else LONGEST


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
