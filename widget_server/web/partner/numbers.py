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
        known_to = (desk.partner.slug, service.campaigns, service.clock())
        with service.store.read() as connection:
            each = discretion.read_campaigns(connection, *known_to)
            campaign = asked if asked in {entry.campaign for entry in each} else None
            counts = discretion.read(connection, *known_to, campaign)
            placements = discretion.read_placements(connection, *known_to, campaign)
        return cls(
            campaign=campaign or "",
            period=period_of(desk.request),
            today=today_of(service.campaigns, campaign, service.clock()),
            titles=_titles(service.campaigns, each, desk.language),
            counts=counts,
            campaigns=each,
            placements=placements,
        )


def _titles(campaigns: Campaigns, each: tuple[Counts, ...], language: str) -> dict[str, str]:
    """What campaigns are called, by slug; one that is no longer there is called by its slug."""
    titles = {}
    for slug in (entry.campaign or "" for entry in each):
        campaign = campaigns.get(slug)
        titles[slug] = campaign.words_in(language).title if campaign else slug
    return titles
