"""Where every page of a partner is made: a signed-in request in, the page in their language out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import Connection
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ... import assets
from ...assets import source
from ...errors import AuthError
from ...model import Partner
from ...tokens import BadTokenError
from ..forms import Fields, read_fields
from ..guards import refuse_cross_site
from ..security import page_headers
from ..service import Service, service_of
from ..strings import Strings, load_strings, match_language
from .session import PATH, session_of, signed_in

DEFAULT_LANGUAGE = "en"
LANGUAGES = (DEFAULT_LANGUAGE, "zh-Hant", "es")
NO_STORE = {"Cache-Control": "no-store"}
#: Sent as one, in this order.
SCRIPTS = ("dashboard.js", "handing_out.js")

#: What stands above every page, by the key of its name.
PAGES = {
    "numbers": PATH,
    "snippet": f"{PATH}/snippet",
    "verify": f"{PATH}/verify",
    "webhooks": f"{PATH}/webhooks",
    "board": f"{PATH}/board",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, for what, and in which language."""

    service: Service
    request: Request
    partner: Partner
    language: str

    @property
    def t(self) -> Strings:
        """The sentences of the partner's pages."""
        return strings()[self.language]

    def link(self, path: str, **query: str) -> str:
        """An address of ours, in the same language; what is empty is left out of it."""
        said = {name: value for name, value in query.items() if value}
        return f"{path}?{urlencode({**said, 'lang': self.language})}"

    def render(self, template: str, **context: Any) -> str:
        """A part of a page."""
        shared = {"t": self.t, "lang": self.language, "link": self.link, "partner": self.partner}
        return self.service.pages.render(template, **shared, **context)

    def html(self, template: str, status: int = 200, **context: Any) -> Response:
        """A whole page. Its forms carry ``form_token``."""
        path = self.request.url.path
        session = session_of(self.request)
        return page(
            self.service,
            template,
            self.language,
            status,
            partner=self.partner,
            link=self.link,
            here=max(filter(path.startswith, PAGES.values()), key=len),
            query=dict(self.request.query_params),
            form_token=self.service.tokens.form(session),
            **context,
        )

    def onward(self, section: str = "") -> Response:
        """To a section of the first page, once a form is done with."""
        place = f"#{section}" if section else ""
        return RedirectResponse(self.link(PATH) + place, 303, NO_STORE)

    async def settle(self, change: Callable[[Connection], None]) -> None:
        """Put a change on the disk and see it at once; other processes see it within a minute."""
        await self.service.commits.alone(change)
        self.service.take(await run_in_threadpool(self.service.read))


Handler = Callable[[Request], Awaitable[Response]]


def for_partners(show: Callable[[Desk], Awaitable[Response]]) -> Handler:
    """The page for whoever is signed in; a word about the link for everybody else."""

    @wraps(show)
    async def handle(request: Request) -> Response:
        service, language = service_of(request), language_of(request)
        try:
            partner = await signed_in(service, request)
        except AuthError as error:
            return sign_in_page(service, language, error)
        return await show(Desk(service, request, partner, language))

    return handle


def from_partners(act: Callable[[Desk, Fields], Awaitable[Response]]) -> Handler:
    """What a form asks for, if it comes from a page of the same session."""

    async def check(desk: Desk) -> Response:
        refuse_cross_site(desk.request)
        fields = await read_fields(desk.request)
        try:
            form_token, session = fields.get("form", ""), session_of(desk.request)
            desk.service.tokens.read_form(form_token, session)
        except BadTokenError:
            return desk.html("partner/again.html", 403)
        return await act(desk, fields)

    return for_partners(wraps(act)(check))


def language_of(request: Request) -> str:
    """``?lang``, or English."""
    return match_language(request.query_params.get("lang"), LANGUAGES, DEFAULT_LANGUAGE)


def sign_in_page(service: Service, language: str, error: AuthError) -> Response:
    """What to do without a session."""
    return page(service, "partner/sign_in.html", language, error.status, here=PATH, query={})


def page(
    service: Service,
    template: str,
    language: str,
    status: int = 200,
    *,
    frames: bool = False,
    **context: Any,
) -> Response:
    """A page in the frame that all of them share; ``frames`` if it holds a preview."""
    style, script = stylesheet(), "".join(map(source, SCRIPTS))
    body = service.pages.render(
        template,
        **context,
        style=style,
        script=script,
        lang=language,
        t=strings()[language],
        languages=[(tag, each.language_name) for tag, each in strings().items()],
        pages=PAGES,
    )
    headers = page_headers(styles=[style], script=script, frames=frames)
    return HTMLResponse(body, status, {**headers, **NO_STORE})


@cache
def stylesheet() -> str:
    """The widget's own colours, light or dark as the browser is, and the look of these pages."""
    dark = f"@media(prefers-color-scheme:dark){{{source('dark.css')}}}"
    return source("light.css") + dark + source("dashboard.css") + source("handing_out.css")


@cache
def strings() -> dict[str, Strings]:
    """The sentences of the partner's pages, by language."""
    found = load_strings(assets.folder("templates") / "partner" / "strings")
    return {language: found[language] for language in LANGUAGES}
