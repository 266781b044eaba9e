"""What the partner's page counts: a choice of campaign and period in, every number of it out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from ...campaigns import Campaigns
from ...report import discretion
from ...report.chart import Chart, draw
from ...report.counts import Counts
from ...report.periods import PERIODS, Period, last
from ...report.placements import Placement
from .desk import Desk

#: What a visitor goes through, in order; each number is a part of the one before.
FUNNEL = ("shown", "found", "acted", "submitted", "supporters")


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the funnel, as a share of the largest and of the one before, None without."""

    kind: str
    count: int
    of_all: float
    of_before: float | None


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything that is counted. ``campaign`` is the one that was chosen, ``""`` for all."""

    campaign: str
    period: Period
    titles: Mapping[str, str]
    totals: Mapping[str, int]
    aside: Mapping[str, int]
    funnel: tuple[Stage, ...]
    chart: Chart
    campaigns: tuple[Counts, ...]
    placements: tuple[Placement, ...]

    @classmethod
    def read(cls, desk: Desk) -> "Numbers":
        """The numbers of one moment, for the campaign and period in the address."""
        asked, service = desk.request.query_params, desk.service
        period = asked.get("by", "")
        chosen: Period = period if period in PERIODS else "day"
        known_to = (desk.partner.slug, service.campaigns, service.clock())
        with service.store.read() as connection:
            each = discretion.read_campaigns(connection, *known_to)
            known = {entry.campaign for entry in each}
            campaign = asked.get("campaign") if asked.get("campaign") in known else None
            read = discretion.read(connection, *known_to, campaign)
            labelled = discretion.read_placements(connection, *known_to, campaign)
        today = today_of(service.campaigns, campaign, service.clock())
        return cls(
            campaign=campaign or "",
            period=chosen,
            titles=_titles(service.campaigns, each, desk.language),
            totals=read.totals,
            aside=read.aside,
            funnel=funnel(read.totals),
            chart=draw(last(read.days, today, chosen), chosen),
            campaigns=each,
            placements=labelled,
        )


def funnel(totals: Mapping[str, int]) -> tuple[Stage, ...]:
    """The steps, each beside the one before.

    A step can be larger than the one before: visits without scripts are found and never shown.
    """
    largest = max(totals[kind] for kind in FUNNEL) or 1
    stages = []
    for before, kind in zip((None, *FUNNEL), FUNNEL, strict=False):
        count = totals[kind]
        share = count / totals[before] if before and 0 < count <= totals[before] else None
        stages.append(Stage(kind, count, count / largest, share))
    return tuple(stages)


def today_of(campaigns: Campaigns, campaign: str | None, now: datetime) -> date:
    """The date where the campaign counts its days; of all campaigns, the latest."""
    known = campaigns.get(campaign) if campaign else None
    return max(each.day(now) for each in ([known] if known else campaigns.all()))


def _titles(campaigns: Campaigns, each: tuple[Counts, ...], language: str) -> dict[str, str]:
    """What campaigns are called, by slug; one that is no longer there is called by its slug."""
    titles = {}
    for slug in (entry.campaign or "" for entry in each):
        campaign = campaigns.get(slug)
        titles[slug] = campaign.words_in(language).title if campaign else slug
    return titles
