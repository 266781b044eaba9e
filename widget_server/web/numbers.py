"""What both desks begin with: counts and a choice of what to see of them in, a picture out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request

from ..campaigns import Campaigns
from ..report.chart import Chart, draw
from ..report.counts import Counts
from ..report.funnel import Stage, funnel
from ..report.periods import PERIODS, Period, last


@dataclass(frozen=True, slots=True)
class Numbers:
    """What was counted up to ``today``, and the ``titles`` of the campaigns to choose from.

    ``campaign`` is the one that was chosen, ``""`` for all.
    """

    campaign: str
    period: Period
    today: date
    titles: Mapping[str, str]
    counts: Counts

    @property
    def funnel(self) -> tuple[Stage, ...]:
        """What visitors went through, step by step."""
        return funnel(self.counts.totals)

    @property
    def chart(self) -> Chart:
        """The last days, weeks or months."""
        return draw(last(self.counts.days, self.today, self.period), self.period)


def period_of(request: Request) -> Period:
    """``?by``, or days."""
    asked = request.query_params.get("by", "")
    return asked if asked in PERIODS else "day"


def today_of(campaigns: Campaigns, campaign: str | None, now: datetime) -> date:
    """The date where the campaign counts its days; of all campaigns, the latest."""
    known = campaigns.get(campaign) if campaign else None
    return max(each.day(now) for each in ([known] if known else campaigns.all()))
