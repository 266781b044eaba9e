"""A partner's numbers -> what the partner may see of them, as each campaign decides.

``count_delay`` keeps back the last days, and ``count_floor`` rounds every number down to a
multiple of it, so that nobody who looks before and after can tell that somebody submitted. A
campaign that is no longer there keeps nothing back.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from ..campaigns import Campaigns
from . import counts, placements
from .counts import Counts, DayCounts
from .placements import Placement


@dataclass(frozen=True, slots=True)
class Seen:
    """What one partner may see; ``each`` has the numbers of every campaign that has any."""

    partner: str
    each: tuple[Counts, ...]
    _exact: tuple[Counts, ...]
    _campaigns: Campaigns
    _last_days: Mapping[str, date]

    def counts(self, campaign: str | None = None) -> Counts:
        """The numbers of one campaign, or of all together."""
        chosen = (entry for entry in self.each if campaign in (None, entry.campaign))
        return _together(self.partner, campaign, chosen)

    def placements(
        self, connection: Connection, campaign: str | None = None
    ) -> tuple[Placement, ...]:
        """The placements behind these numbers, from the snapshot that they were read in."""
        return placements.together(
            _rounded_placement(placement, _floor(self._campaigns, entry.campaign))
            for entry in self._exact
            if campaign in (None, entry.campaign)
            for placement in placements.read(
                connection, entry, self._last_days.get(entry.campaign or "")
            )
        )


def read(connection: Connection, partner: str, campaigns: Campaigns, now: datetime) -> Seen:
    """What the partner may see at this moment."""
    last_days = _last_days(campaigns, now)
    exact = counts.read_campaigns(connection, partner, last_days)
    each = tuple(_rounded(entry, _floor(campaigns, entry.campaign)) for entry in exact)
    return Seen(partner, each, exact, campaigns, last_days)


def _last_days(campaigns: Campaigns, now: datetime) -> Mapping[str, date]:
    """Up to which day the numbers of those campaigns that keep some back are shown."""
    return {
        each.slug: each.day(now) - timedelta(days=each.count_delay)
        for each in campaigns.all()
        if each.count_delay
    }


def _floor(campaigns: Campaigns, slug: str | None) -> int:
    campaign = campaigns.get(slug or "")
    return max(1, campaign.count_floor) if campaign else 1


def _down(numbers: Mapping[str, int], floor: int) -> dict[str, int]:
    return {kind: number // floor * floor for kind, number in numbers.items()}


def _rounded(counts: Counts, floor: int) -> Counts:
    """Every number rounded down; a day that has nothing left is no day."""
    if floor == 1:
        return counts
    days = (DayCounts(day.day, _down(day.counts, floor)) for day in counts.days)
    left = tuple(day for day in days if any(day.counts.values()))
    totals, aside = _down(counts.totals, floor), _down(counts.aside, floor)
    return Counts(counts.partner, counts.campaign, totals, left, aside)


def _rounded_placement(placement: Placement, floor: int) -> Placement:
    if floor == 1:
        return placement
    days = {day: _down(numbers, floor) for day, numbers in placement.days.items()}
    left = {day: numbers for day, numbers in days.items() if any(numbers.values())}
    return Placement(placement.label, left, _down(placement.totals, floor))


def _together(partner: str, campaign: str | None, each: Iterable[Counts]) -> Counts:
    """Added up, as they are seen apart."""
    totals, aside = Counter(counts.zeros()), Counter(counts.NONE_ASIDE)
    days: dict[date, Counter[str]] = defaultdict(lambda: Counter(counts.zeros()))
    for entry in each:
        totals.update(entry.totals)
        aside.update(entry.aside)
        for day in entry.days:
            days[day.day].update(day.counts)
    ordered = tuple(DayCounts(day, numbers) for day, numbers in sorted(days.items()))
    return Counts(partner, campaign, totals, ordered, aside)
