"""Campaigns on disk: folders of words in, valid ``Campaign`` objects out.

``campaign`` and ``bill`` have the nouns, ``source`` reads a file and knows its lines; ``words``,
``messages`` and ``placeholders`` know what stands in one. ``folder`` turns one folder into a
campaign or its mistakes, ``library`` keeps them all and re-reads what changed, ``skeleton`` writes
a new one. ``fixed`` are the people to whom everybody writes where nobody is looked up, ``targets``
reads them. ``stances`` is the file that says who stands behind a bill; ``congress_gov`` is what
Congress.gov knows about that, ``congress_gov_client`` how it is asked, ``changes`` what is new.
How a folder is written is in ``docs/campaigns.md``.
"""

from .bill import Bill, BillType, Chamber, Signer, StanceNote
from .campaign import (
    Afterwards,
    Audience,
    Campaign,
    Message,
    Messages,
    Organiser,
    Source,
    State,
    Words,
)
from .fixed import Fixed, Matter, Named, Target
from .library import Campaigns, campaign_parents, example_campaigns, shipped_campaigns
from .source import Problem

__all__ = [
    "Afterwards",
    "Audience",
    "Bill",
    "BillType",
    "Campaign",
    "Campaigns",
    "Chamber",
    "Fixed",
    "Matter",
    "Message",
    "Messages",
    "Named",
    "Organiser",
    "Problem",
    "Signer",
    "Source",
    "StanceNote",
    "State",
    "Target",
    "Words",
    "campaign_parents",
    "example_campaigns",
    "shipped_campaigns",
]
