"""A campaign and a legislator in, letters out.

A letter's body is paragraphs with an empty line between them: greeting, opening, reason, ask,
sign-off. *Why this matters to me* is a paragraph of the visitor's own, to be put before the last
two, so that the ask keeps the last word; the letter reads well without it.
"""

from collections.abc import Mapping, Sequence

from ..campaigns import Campaign, Message, Messages
from ..campaigns.placeholders import fill
from ..model import Legislator, Letter
from .placeholders import gloss, values
from .rotation import mixed

LETTERS = 3
MAX_BODY_LENGTH = 1200


def letters(
    campaign: Campaign, legislator: Legislator, language: str, rotation: int = 0
) -> tuple[Letter, ...]:
    """Three letters for the legislator's stance that share no part with each other.

    Their parts change with the rotation: the first letter is the same again only after as many
    rotations as there are combinations of an opening, a reason, an ask and a subject.
    """
    filling = values(campaign, legislator)
    stance = campaign.stance(legislator)
    parts = [
        [message for message in kind if message.suits(stance)] for kind in kinds(campaign.messages)
    ]
    return tuple(
        letter(campaign.messages, pick, filling, language)
        for pick in mixed(parts, rotation, LETTERS)
    )


def kinds(messages: Messages) -> tuple[Sequence[Message], ...]:
    """What a letter takes one of each: an opening, a reason, an ask and a subject."""
    return (messages.openings, messages.reasons, messages.asks, messages.subjects)


def letter(
    messages: Messages, pick: Sequence[Message], filling: Mapping[str, str], language: str
) -> Letter:
    """The letter of one pick, in the order of ``kinds``."""
    opening, reason, ask, subject = pick
    glosses = [gloss(part, language, filling) for part in (subject, opening, reason, ask)]
    paragraphs = [messages.greeting, opening.text, reason.text, ask.text, messages.sign_off]
    return Letter(
        id=".".join(part.id for part in pick),
        subject=fill(subject.text, filling),
        body="\n\n".join(fill(text, filling) for text in paragraphs),
        gloss="\n\n".join(text for text in glosses if text) or None,
    )
