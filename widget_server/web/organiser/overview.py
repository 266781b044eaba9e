"""The first page: the whole campaign in numbers, by day, by partner and by state."""

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...errors import AuthError
from ...report import bringers, counts, districts
from ...report.bringers import Bringer
from ...report.tiles import TileMap
from ...report.tiles import draw as draw_map
from ..desk import tag_of
from ..health import warnings
from ..numbers import Numbers, period_of, today_of
from ..service import service_of
from .desk import Desk, for_organisers
from .session import AREA, sign_in

#: So many partners stand on the first page; all of them have a page of their own.
FIRST = 10


@dataclass(frozen=True, slots=True)
class Places:
    """Where submissions came from, in the campaigns that keep that; ``map`` is None without any.

    ``counting``: it is being counted for the first time.
    """

    counting: bool
    map: TileMap | None
    states: Mapping[str, int]
    districts: Mapping[str, int]
    discreet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview(Numbers):
    """Everything that is counted, by whom it was brought, and from where."""

    bringers: tuple[Bringer, ...]
    names: Mapping[str, str]
    places: Places


async def show(request: Request) -> Response:
    """``GET /organiser``; with ``?link=TOKEN``, a session and a redirect to it without that."""
    if "link" not in request.query_params:
        return await for_organisers(_show)(request)
    try:
        return await sign_in(service_of(request), request)
    except AuthError as error:
        return AREA.sign_in_page(request, error)


async def show_live(desk: Desk) -> Response:
    """``GET /organiser/live``: the part of the page that moves."""
    return desk.moving(await _live(desk))


async def _show(desk: Desk) -> Response:
    body, service = await _live(desk), desk.service
    return desk.html(
        "organiser/overview.html",
        live=body,
        live_tag=tag_of(body),
        as_of=service.clock(),
        troubled=any(warnings(service).values()),
    )


async def _live(desk: Desk) -> str:
    titles = {
        campaign.slug: campaign.words_in(desk.language).title
        for campaign in desk.service.campaigns.all()
    }
    asked = desk.request.query_params.get("campaign", "")
    chosen = asked if asked in titles else ""
    places = await _places(desk, titles, chosen)
    overview = await run_in_threadpool(_read, desk, titles, chosen, places)
    return desk.render("organiser/live.html", numbers=overview, first=FIRST)


def _read(desk: Desk, titles: Mapping[str, str], campaign: str, places: Places) -> Overview:
    service = desk.service
    with service.store.read() as connection:
        read = counts.read(connection, campaign=campaign or None)
        brought = bringers.read(connection, campaign or None)
    return Overview(
        campaign=campaign,
        period=period_of(desk.request),
        today=today_of(service.campaigns, campaign, service.clock()),
        titles=titles,
        counts=read,
        bringers=brought,
        names={partner.slug: partner.name for partner in service.partners.values()},
        places=places,
    )


async def _places(desk: Desk, titles: Mapping[str, str], campaign: str) -> Places:
    """The map of the chosen campaign, or of all that keep districts together."""
    service = desk.service
    keeping = {each.slug for each in service.campaigns.all() if each.keep_district}
    wanted = keeping & {campaign} if campaign else keeping
    discreet = tuple(
        title for slug, title in titles.items() if slug not in keeping and campaign in ("", slug)
    )
    counted = await service.districts.latest(keeping) if wanted else {}
    if counted is None:
        return Places(True, None, {}, {}, discreet)
    found = districts.together(counted[slug] for slug in wanted)
    states = districts.by_state(found)
    return Places(False, draw_map(states) if wanted else None, states, found, discreet)
