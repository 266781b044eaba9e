"""A campaign while it is being written: its mistakes in plain words, and the widget as it is."""

from collections.abc import Callable, Sequence

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ..campaigns import Problem
from .security import page_headers
from .service import service_of
from .strings import match_language


class Unkept:
    """ASGI middleware: no browser keeps anything, so that loading again shows what is there now."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, and the answer back with another Cache-Control."""

        async def send_unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, send_unkept)


def preview_routes(slug: str, token: str, check: Callable[[], Sequence[Problem]]) -> list[Route]:
    """The page at ``/``: what ``check`` finds, and the campaign's widget for ``token``."""

    async def show(request: Request) -> HTMLResponse:
        service = service_of(request)
        service.take(await run_in_threadpool(service.read))
        campaign = service.campaigns.get(slug)
        broken = {problem.file.parent.name for problem in service.campaigns.problems}
        lang = ""
        if campaign:
            asked = request.query_params.get("lang")
            lang = match_language(asked, campaign.languages, campaign.default_language)
        html = service.pages.render(
            "preview/page.html",
            slug=slug,
            token=token,
            campaign=campaign,
            lang=lang,
            strings=service.pages.strings,
            problems=await run_in_threadpool(check),
            outdated=slug in broken,
        )
        style = service.pages.render("preview/page.css")
        return HTMLResponse(html, headers=page_headers(styles=[style], loader="'self'"))

    return [Route("/", show)]
