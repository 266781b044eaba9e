"""What ``threesteps doctor`` finds in the campaigns and in the facts about legislators."""

from collections.abc import Iterator
from datetime import timedelta

from ...find.roster import Roster
from ...settings import Settings
from ..installation import Installation
from .finding import Finding

OLD_STANCES = timedelta(days=14)


def campaigns(installation: Installation) -> Iterator[Finding]:
    """Campaigns with mistakes, and a default that nobody can be shown."""
    for problem in installation.campaigns.problems:
        yield Finding(
            "campaign-with-mistakes",
            "missing",
            str(problem),
            "mend the file; `threesteps campaign check` tells.",
        )
    default = installation.settings.default_campaign
    campaign = installation.campaigns.get(default)
    if campaign is None:
        yield Finding(
            "no-default-campaign",
            "missing",
            f"There is no default campaign {default!r}.",
            "set THREESTEPS_DEFAULT_CAMPAIGN to one of `threesteps campaign list`.",
        )
    elif campaign.ended(installation.settings.clock()):
        yield Finding(
            "default-campaign-over",
            "missing",
            f"The default campaign {default!r} is over, and whoever has no snippet is shown it.",
            "set THREESTEPS_DEFAULT_CAMPAIGN to one that runs.",
        )


def stances(installation: Installation) -> Iterator[Finding]:
    """Bills of running campaigns about which nobody has asked for a while."""
    now = installation.settings.clock()
    running = (each for each in installation.campaigns.all() if not each.ended(now))
    for campaign in running:
        for bill in campaign.bills:
            if bill.as_of is None or campaign.day(now) - bill.as_of > OLD_STANCES:
                since = f"since {bill.as_of}" if bill.as_of else "yet"
                yield Finding(
                    "old-stances",
                    "missing",
                    f"Nobody has asked {since} who stands behind {bill.label}; its newest "
                    "supporters are not thanked.",
                    f"threesteps campaign refresh {campaign.slug}",
                )


def roster(settings: Settings) -> Iterator[Finding]:
    """Facts that are old, about to end or over."""
    for sentence in Roster.newest(settings.home).warnings(settings.clock()):
        yield Finding(
            "old-roster",
            "missing",
            sentence,
            "threesteps roster sync, or THREESTEPS_ROSTER_SYNC=daily for the service.",
        )
