"""The first page: the partner's numbers, where they come from, and where the widget stands."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...errors import AuthError
from ..desk import tag_of
from ..service import service_of
from . import whereabouts
from .desk import Desk, for_partners
from .numbers import Numbers
from .session import AREA, sign_in


async def show(request: Request) -> Response:
    """The page; with ``?link=TOKEN``, a session and a redirect to the page without it."""
    if "link" not in request.query_params:
        return await for_partners(numbers_page)(request)
    try:
        return await sign_in(service_of(request), request)
    except AuthError as error:
        return AREA.sign_in_page(request, error)


async def numbers_page(
    desk: Desk, status: int = 200, *, typed: str = "", fault: str = ""
) -> Response:
    """The page; ``fault`` says what is wrong with the site that was ``typed``."""
    live = _live(desk, await run_in_threadpool(Numbers.read, desk))
    places = await run_in_threadpool(whereabouts.read, desk)
    return desk.html(
        "partner/page.html",
        status,
        live=live,
        live_tag=tag_of(live),
        whereabouts=places,
        typed=typed,
        fault=fault,
        origin=desk.service.settings.public_url,
        as_of=desk.service.clock(),
        warnings=desk.service.roster.warnings(desk.service.clock()),
    )


async def show_live(desk: Desk) -> Response:
    """The part of the page that moves."""
    return desk.moving(_live(desk, await run_in_threadpool(Numbers.read, desk)))


def _live(desk: Desk, numbers: Numbers) -> str:
    return desk.render("partner/live.html", numbers=numbers).strip()
