"""A month of visits that nobody made, written as real ones are, so that every number recounts.

Weekdays are busier than weekends, one day is far busier than all others, and today is half over.
The same day makes the same month.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random

from sqlalchemy import Connection

from ..campaigns import Campaign
from ..keys import Keyring
from ..model import ActKind, Legislator, Partner, Submission, Visit
from ..store import actions, placements, tallies
from ..store.actions import Act
from ..store.schema import UNATTRIBUTED
from ..store.tallies import TallyKey
from ..store.visits import legislator_key, visit_key
from ..submit import SubmitForm, prepare, record_all
from .sites import KEEN, NOBODYS_SHARE, SITES

DAYS = 30
#: Submissions on an ordinary weekday, of the first campaign and of the others.
BUSY, QUIET = 46, 18
#: So many days ago something was in the news, and how much more came in on the days after.
NEWS_DAYS_AGO = 11
NEWS = (5.2, 2.4, 1.5)
#: Of all days, Monday to Sunday.
WEEK = (1.0, 1.1, 1.15, 1.05, 0.9, 0.5, 0.45)
TODAY = 0.5

SHOWN_EACH, FOUND_EACH = 31, 2.3
ANONYMOUS, AGAIN = 0.24, 0.07
ACTS: Mapping[ActKind, float] = {"tweet": 0.78, "email": 0.6, "call": 0.12, "share": 0.08}


@dataclass(frozen=True, slots=True)
class Month:
    """What a month is made of; ``partners`` in the order of ``SITES``."""

    now: datetime
    campaigns: Sequence[Campaign]
    partners: Sequence[Partner]
    people: Sequence[Legislator]
    keyring: Keyring

    def write(self, connection: Connection) -> None:
        """Store every visit, in the caller's transaction."""
        chance = Random(self.now.date().isoformat())  # noqa: S311 # nothing here is secret
        for campaign, usual in zip(self.campaigns, [BUSY] + [QUIET] * 9, strict=False):
            crowd = _Crowd(self, campaign, chance)
            for days_ago in reversed(range(DAYS)):
                _write_day(connection, crowd, days_ago, usual)


class _Crowd:
    """The people who come to one campaign."""

    def __init__(self, month: Month, campaign: Campaign, chance: Random) -> None:
        self.month, self.campaign, self.chance = month, campaign, chance
        self.last = min(month.now, campaign.ends - timedelta(hours=1))
        self.known: list[str] = []
        self._seats = _seats(month.people)
        self._districts = list(self._seats)
        self._keenness = [KEEN.get(district[:2], 1.0) for district in self._districts]

    def visits(self, number: int) -> Iterator[Visit]:
        """So many, from wherever people live and whichever site they read."""
        places = self.chance.choices(self._districts, self._keenness, k=number)
        shares = [*(site.share for site in SITES), NOBODYS_SHARE]
        brought = self.chance.choices(range(len(shares)), shares, k=number)
        return (self._visit(place, by) for place, by in zip(places, brought, strict=True))

    def form(self) -> SubmitForm:
        """What one of them sends; some were here before, most often through another site."""
        if self.chance.random() < ANONYMOUS:
            return SubmitForm(None)
        if self.known and self.chance.random() < AGAIN:
            return SubmitForm(self.chance.choice(self.known))
        self.known.append(f"visitor-{len(self.known)}@demo.example")
        return SubmitForm(self.known[-1])

    def acts(self, visit: Visit, now: datetime) -> Iterator[Act]:
        """What one of them opens."""
        key = visit_key("actions", visit.campaign, visit.id)
        partner, day = visit.partner or UNATTRIBUTED, self.campaign.day(now)
        for kind, likely in ACTS.items():
            if self.chance.random() < likely:
                whom = self.chance.choice(self._seats[visit.district or ""])
                legislator = "" if kind == "share" else whom
                named = legislator_key(visit.campaign, visit.id, legislator)
                yield Act(visit.campaign, key, kind, named, partner, day, visit.source)

    def _visit(self, place: str, by: int) -> Visit:
        partner = self.month.partners[by] if by < len(SITES) else None
        source = self.chance.choice(SITES[by].labels) if partner else ""
        slug, generation = (partner.slug, partner.generation) if partner else (None, 0)
        name = f"demo-{self.chance.getrandbits(64):016x}"
        return Visit(
            name,
            self.campaign.slug,
            slug,
            generation,
            place[:2],
            place,
            counted=True,
            source=source,
        )


def _write_day(connection: Connection, crowd: _Crowd, days_ago: int, usual: int) -> None:
    now = crowd.last - timedelta(days=days_ago)
    number = round(usual * _busy(now, days_ago) * crowd.chance.uniform(0.85, 1.15))
    visits = list(crowd.visits(number))
    record_all(connection, [_submission(crowd, visit, now) for visit in visits])
    actors = [*visits, *crowd.visits(round(number * 0.4))]
    actions.record(connection, [act for visit in actors for act in crowd.acts(visit, now)])
    _count_views(connection, crowd, visits, now)


def _submission(crowd: _Crowd, visit: Visit, now: datetime) -> Submission:
    return prepare(crowd.form(), visit, crowd.campaign, crowd.month.keyring, "en", now)


def _count_views(
    connection: Connection, crowd: _Crowd, visits: Sequence[Visit], now: datetime
) -> None:
    """What has no rows of its own: the widget in view, and legislators named."""
    day, counts = crowd.campaign.day(now), Counter[TallyKey]()
    for visit in visits:
        partner = visit.partner or UNATTRIBUTED
        for kind, each in (("shown", SHOWN_EACH), ("found", FOUND_EACH)):
            key = TallyKey(visit.campaign, partner, day, kind, visit.source)
            counts[key] += round(each * crowd.chance.uniform(0.7, 1.3))
    tallies.add(connection, counts)
    placements.note_labels(connection, {(key.partner, key.source) for key in counts})


def _busy(now: datetime, days_ago: int) -> float:
    since = NEWS_DAYS_AGO - days_ago
    news = NEWS[since] if 0 <= since < len(NEWS) else 1.0
    return WEEK[now.weekday()] * news * (TODAY if days_ago == 0 else 1.0)


def _seats(people: Sequence[Legislator]) -> Mapping[str, list[str]]:
    """Who speaks for each district, by their ids: its own member first, then its senators."""
    senators = {
        state: [each.id for each in people if each.state == state and each.role == "senator"]
        for state in {each.state for each in people}
    }
    members = sorted((each.district, each.id, each.state) for each in people if each.district)
    return {district: [member, *senators[state]] for district, member, state in members}
