"""A campaign and a legislator in, what to say on the phone out."""

from ..campaigns import Campaign
from ..campaigns.placeholders import fill
from ..model import CallScript, Legislator
from .placeholders import gloss, values


def script(campaign: Campaign, legislator: Legislator, language: str) -> CallScript:
    """The script for the legislator's stance."""
    filling = values(campaign, legislator)
    stance = campaign.stance(legislator)
    message = next(message for message in campaign.messages.scripts if message.suits(stance))
    return CallScript(fill(message.text, filling), gloss(message, language, filling))
