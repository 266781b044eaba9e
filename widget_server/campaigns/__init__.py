"""Campaigns on disk: folders of words in, valid ``Campaign`` objects out.

``campaign`` has the nouns, ``source`` reads a file and knows its lines, ``folder`` turns one
folder into a campaign or its mistakes, ``library`` keeps them all and re-reads what changed.
How a folder is written is in ``docs/campaigns.md``.
"""

from .campaign import (
    Afterwards,
    Audience,
    Bill,
    Campaign,
    Chamber,
    Message,
    Messages,
    Organiser,
    Source,
    Words,
)
from .library import Campaigns, shipped_campaigns
from .source import Problem

__all__ = [
    "Afterwards",
    "Audience",
    "Bill",
    "Campaign",
    "Campaigns",
    "Chamber",
    "Message",
    "Messages",
    "Organiser",
    "Problem",
    "Source",
    "Words",
    "shipped_campaigns",
]
