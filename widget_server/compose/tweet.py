"""A campaign and a legislator in, tweets out."""

from ..campaigns import Campaign
from ..campaigns.placeholders import fill
from ..model import Legislator, Tweet
from .placeholders import gloss, values
from .rotation import rotated
from .weight import weighted_length

__all__ = ["tweets", "weighted_length"]


def tweets(
    campaign: Campaign, legislator: Legislator, language: str, rotation: int = 0
) -> tuple[Tweet, ...]:
    """Every tweet for the legislator's stance, the one whose turn it is first."""
    filling = values(campaign, legislator)
    stance = campaign.stance(legislator)
    suiting = [message for message in campaign.messages.tweets if message.suits(stance)]
    return tuple(
        Tweet(message.id, fill(message.text, filling), gloss(message, language, filling))
        for message in rotated(suiting, rotation)
    )
