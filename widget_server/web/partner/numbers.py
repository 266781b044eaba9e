"""What the partner's page counts: a choice of campaign and period in, every number of it out."""

from dataclasses import dataclass

from ...campaigns import Campaigns
from ...report import discretion
from ...report.counts import Counts
from ...report.placements import Placement
from .. import numbers
from ..numbers import period_of, today_of
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Numbers(numbers.Numbers):
    """Everything that is counted for a partner, as far as they may see it."""

    campaigns: tuple[Counts, ...]
    placements: tuple[Placement, ...]

    @classmethod
    def read(cls, desk: Desk) -> "Numbers":
        """The numbers of one moment, for the campaign and period in the address."""
        asked, service = desk.request.query_params.get("campaign"), desk.service
        partner, now = desk.partner.slug, service.clock()
        with service.store.read() as connection:
            seen = discretion.read(connection, partner, service.campaigns, now)
            campaign = asked if asked in {entry.campaign for entry in seen.each} else None
            placements = seen.placements(connection, campaign)
        return cls(
            campaign=campaign or "",
            period=period_of(desk.request),
            today=today_of(service.campaigns, campaign, now),
            titles=_titles(service.campaigns, seen.each, desk.language),
            counts=seen.counts(campaign),
            campaigns=seen.each,
            placements=placements,
        )


def _titles(campaigns: Campaigns, each: tuple[Counts, ...], language: str) -> dict[str, str]:
    """What campaigns are called, by slug; one that is no longer there is called by its slug."""
    titles = {}
    for slug in (entry.campaign or "" for entry in each):
        campaign = campaigns.get(slug)
        titles[slug] = campaign.words_in(language).title if campaign else slug
    return titles
