"""The campaigns: how each stands, and every mistake that ``campaign check`` finds in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ...campaigns import Campaign, Problem, campaign_parents
from ...campaigns.library import campaign_folders, stances_elsewhere
from ...compose.check import Today, check
from ...find.congress import congress_at
from ...report import counts
from ..service import Service
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Standing:
    """How a campaign stands; ``campaign`` is None where no version of it can be used."""

    slug: str
    campaign: Campaign | None
    has_key: bool
    totals: Mapping[str, int]
    problems: tuple[Problem, ...]


async def show(desk: Desk) -> Response:
    """``GET /organiser/campaigns``."""
    now = desk.service.clock()
    found = await run_in_threadpool(_standings, desk.service, now)
    return desk.html("organiser/campaigns.html", standings=found, now=now)


def _standings(service: Service, now: datetime) -> tuple[Standing, ...]:
    problems = _problems(service, now)
    slugs = {*problems, *(campaign.slug for campaign in service.campaigns.all())}
    return tuple(_standing(service, slug, problems.get(slug, ())) for slug in sorted(slugs))


def _standing(service: Service, slug: str, problems: tuple[Problem, ...]) -> Standing:
    with service.store.read() as connection:
        totals = counts.read(connection, campaign=slug).totals
    return Standing(
        slug,
        service.campaigns.get(slug),
        service.keyring.public_key(slug) is not None,
        totals,
        problems,
    )


def _problems(service: Service, now: datetime) -> Mapping[str, tuple[Problem, ...]]:
    """What is wrong with every folder of a campaign, as it is on the disk now."""
    parents = campaign_parents(service.settings)
    today = Today(now, congress_at(now), service.roster.people(now))
    found: dict[str, tuple[Problem, ...]] = {}
    for folder in chain.from_iterable(map(campaign_folders, parents)):
        stances = stances_elsewhere(parents, folder.name)
        found[folder.name] = (*found.get(folder.name, ()), *check(folder, stances, today))
    return found
