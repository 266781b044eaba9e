"""The first page: the partner's numbers, where they come from, and where the widget stands."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...assets import digest
from ...errors import AuthError
from ..service import service_of
from . import whereabouts
from .desk import NO_STORE, Desk, for_partners, language_of, sign_in_page
from .numbers import Numbers
from .session import PATH, sign_in


async def show(request: Request) -> Response:
    """The page; with ``?link=TOKEN``, a session and a redirect to the page without it."""
    if "link" not in request.query_params:
        return await for_partners(numbers_page)(request)
    service, language = service_of(request), language_of(request)
    onward = f"{PATH}?lang={language}" if "lang" in request.query_params else PATH
    try:
        return await sign_in(service, request.query_params["link"], onward)
    except AuthError as error:
        return sign_in_page(service, language, error)


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
        live_tag=_tag(live),
        whereabouts=places,
        typed=typed,
        fault=fault,
        origin=desk.service.settings.public_url,
        as_of=desk.service.clock(),
        warnings=desk.service.roster.warnings(desk.service.clock()),
    )


async def show_live(desk: Desk) -> Response:
    """The part of the page that moves; 304 while it has not, so that watching costs little."""
    body = _live(desk, await run_in_threadpool(Numbers.read, desk))
    headers = {"ETag": _tag(body), **NO_STORE}
    if desk.request.headers.get("if-none-match") == headers["ETag"]:
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="text/html; charset=utf-8", headers=headers)


def _live(desk: Desk, numbers: Numbers) -> str:
    return desk.render("partner/live.html", numbers=numbers).strip()


def _tag(body: str) -> str:
    return f'"{digest(body)}"'
