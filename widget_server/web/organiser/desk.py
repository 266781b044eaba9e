"""Where every page of the console is made: a signed-in request in, the page in its language out."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any, TypeVar
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ... import assets
from ...assets import source
from ...errors import AuthError, CrossSiteError, UnavailableError
from ...store.changes import ORGANISER, Changes
from ...tokens import BadTokenError
from ..forms import Fields, read_fields
from ..guards import refuse_cross_site
from ..partner.desk import DEFAULT_LANGUAGE, NO_STORE, language_of, stylesheet
from ..security import page_headers
from ..service import Service, service_of
from ..strings import Strings, load_strings
from . import parts
from .session import PATH, must_be_signed_in, session_of

T = TypeVar("T")

#: What stands above every page, by the key of its name.
PAGES = {
    "overview": PATH,
    "partners": f"{PATH}/partners",
    "campaigns": f"{PATH}/campaigns",
    "audit": f"{PATH}/audit",
    "service": f"{PATH}/service",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What is asked for, and in which language."""

    service: Service
    request: Request
    language: str

    @property
    def t(self) -> Strings:
        """The sentences of the console."""
        return strings()[self.language]

    def link(self, path: str, **query: str) -> str:
        """An address of ours, in the same language; what is empty is left out of it."""
        said = {name: value for name, value in query.items() if value}
        return f"{path}?{urlencode({**said, 'lang': self.language})}"

    def render(self, template: str, **context: Any) -> str:
        """A part of a page."""
        shared = {"t": self.t, "lang": self.language, "link": self.link}
        return self.service.pages.render(template, **shared, **context)

    def html(self, template: str, status: int = 200, *, here: str = "", **context: Any) -> Response:
        """A whole page; ``here`` is its address where only a form can bring one to this one."""
        path = self.request.url.path
        return page(
            self.service,
            template,
            self.language,
            status,
            link=self.link,
            here=here or path,
            query={} if here else dict(self.request.query_params),
            form_token=self.service.tokens.form(session_of(self.request)),
            **context,
        )

    def onward(self, path: str, **query: str) -> Response:
        """To a page, once a form is done with."""
        return RedirectResponse(self.link(path, **query), 303, NO_STORE)

    async def settle(self, change: Callable[[Changes], T]) -> T:
        """Put a change on the disk and see it at once; other processes see it within a minute."""
        service, now = self.service, self.service.clock()
        result = await service.commits.alone(lambda rows: change(Changes(rows, ORGANISER, now)))
        service.take(await run_in_threadpool(service.read))
        return result


Handler = Callable[[Request], Awaitable[Response]]
Page = Callable[[Desk], Awaitable[Response]]


def for_organisers(show: Page) -> Handler:
    """The page for whoever is signed in; a word about the link for everybody else.

    While the database is out there is the one page that does not need it.
    """

    @wraps(show)
    async def handle(request: Request) -> Response:
        service, language = service_of(request), language_of(request)
        desk = Desk(service, request, language)
        try:
            await must_be_signed_in(service, request)
            return await show(desk)
        except AuthError as error:
            return sign_in_page(service, language, error)
        except UnavailableError as error:
            found = await parts.examine(service)
            return desk.html("organiser/service.html", error.status, parts=found, outage=True)

    return handle


def from_organisers(act: Callable[[Desk, Fields], Awaitable[Response]]) -> Handler:
    """What a form asks for, if it comes from a page of the same session."""

    async def check(desk: Desk) -> Response:
        fields = await read_fields(desk.request)
        try:
            refuse_cross_site(desk.request)
            session = session_of(desk.request)
            desk.service.tokens.read_form(fields.get("form", ""), session)
        except (CrossSiteError, BadTokenError):
            return desk.html("organiser/again.html", 403, here=PATH)
        return await act(desk, fields)

    return for_organisers(wraps(act)(check))


def sign_in_page(service: Service, language: str, error: AuthError) -> Response:
    """What to do without a session."""
    return page(service, "organiser/sign_in.html", language, error.status, here=PATH, query={})


def page(
    service: Service, template: str, language: str, status: int = 200, **context: Any
) -> Response:
    """A page in the frame that all of them share with the partners' pages."""
    style, script = stylesheet() + source("organiser.css"), source("dashboard.js")
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
    headers = page_headers(styles=[style], script=script)
    return HTMLResponse(body, status, {**headers, **NO_STORE})


@cache
def strings() -> dict[str, Strings]:
    """The names of places, the partners' sentences and the console's own, by language."""
    folders = (f"{whose}strings" for whose in ("", "partner/", "organiser/"))
    found = load_strings(*(assets.folder("templates") / folder for folder in folders))
    return dict(sorted(found.items(), key=lambda item: item[0] != DEFAULT_LANGUAGE))
