"""What the pages behind a sign-in share: a request in; a page in its language, or the way on, out.

The partners' pages are one ``Area``, the organiser's console is another.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, ClassVar
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from .. import assets
from ..assets import digest, source
from ..errors import AuthError, CrossSiteError
from ..tokens import SESSION_MAX_AGE_SECONDS, BadTokenError
from .forms import Fields, read_fields
from .guards import refuse_cross_site
from .security import page_headers
from .service import Service, service_of
from .strings import Strings, load_strings, match_language

DEFAULT_LANGUAGE = "en"
LANGUAGES = (DEFAULT_LANGUAGE, "zh-Hant", "es")
NO_STORE = {"Cache-Control": "no-store"}

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True, eq=False)
class Area:
    """Pages under one ``path``, behind the session of one ``cookie``.

    ``pages`` stand above every page, by the key of their name; ``sign_in`` is the template for
    whoever has no session. ``styles`` come after those that all share, ``scripts`` are sent as
    one; the last folder of ``words`` has the last word.
    """

    path: str
    cookie: str
    pages: Mapping[str, str]
    sign_in: str
    styles: tuple[str, ...]
    scripts: tuple[str, ...]
    words: tuple[str, ...]

    def session_of(self, request: Request) -> str:
        """The session's token, ``""`` without one."""
        return request.cookies.get(self.cookie, "")

    def begin(self, service: Service, session: str, request: Request) -> Response:
        """Keep the session, and go on without the link."""
        response = RedirectResponse(self._without_link(request), 303, NO_STORE)
        response.set_cookie(
            self.cookie,
            session,
            max_age=SESSION_MAX_AGE_SECONDS,
            path=self.path,
            secure=service.settings.public_url.startswith("https:"),
            httponly=True,
            samesite="lax",
        )
        return response

    def end(self, response: Response) -> Response:
        """Forget the session in this browser."""
        response.delete_cookie(self.cookie, path=self.path, httponly=True, samesite="lax")
        return response

    def page(
        self,
        service: Service,
        template: str,
        language: str,
        status: int = 200,
        *,
        frames: bool = False,
        **context: Any,
    ) -> Response:
        """A page in the frame that all of them share; ``frames`` if it holds one of ours."""
        style, script = stylesheet(*self.styles), "".join(map(source, self.scripts))
        body = service.pages.render(
            template,
            **context,
            style=style,
            script=script,
            lang=language,
            t=strings(self)[language],
            languages=[(tag, each.language_name) for tag, each in strings(self).items()],
            pages=self.pages,
            home=self.path,
        )
        headers = page_headers(styles=[style], script=script, frames=frames)
        return HTMLResponse(body, status, {**headers, **NO_STORE})

    def sign_in_page(self, request: Request, error: AuthError) -> Response:
        """What to do without a session."""
        service, language = service_of(request), language_of(request)
        return self.page(service, self.sign_in, language, error.status, here=self.path, query={})

    def _without_link(self, request: Request) -> str:
        chosen = "lang" in request.query_params
        return f"{self.path}?lang={language_of(request)}" if chosen else self.path


@dataclass(frozen=True, slots=True)
class Desk:
    """What is asked for, and in which language."""

    area: ClassVar[Area]

    service: Service
    request: Request
    language: str

    @property
    def t(self) -> Strings:
        """The sentences of these pages."""
        return strings(self.area)[self.language]

    @property
    def shared(self) -> dict[str, Any]:
        """What every template needs."""
        return {"link": self.link}

    @property
    def session(self) -> str:
        """The session's token."""
        return self.area.session_of(self.request)

    def link(self, path: str, **query: str) -> str:
        """An address of ours, in the same language; what is empty is left out of it."""
        said = {name: value for name, value in query.items() if value}
        return f"{path}?{urlencode({**said, 'lang': self.language})}"

    def render(self, template: str, **context: Any) -> str:
        """A part of a page."""
        words = {"t": self.t, "lang": self.language, "home": self.area.path}
        return self.service.pages.render(template, **words, **self.shared, **context)

    def whole(
        self, template: str, status: int, *, here: str, query: Mapping[str, str], **context: Any
    ) -> Response:
        """A whole page, which stands at ``here`` with ``query``. Its forms carry ``form_token``."""
        return self.area.page(
            self.service,
            template,
            self.language,
            status,
            here=here,
            query=query,
            form_token=self.service.tokens.form(self.session),
            **self.shared,
            **context,
        )

    def onward(self, path: str, *, section: str = "", **query: str) -> Response:
        """To a page, or a section of it, once a form is done with."""
        place = f"#{section}" if section else ""
        return RedirectResponse(self.link(path, **query) + place, 303, NO_STORE)

    def moving(self, body: str) -> Response:
        """The part of a page that moves; 304 while it has not, so that watching costs little."""
        headers = {"ETag": tag_of(body), **NO_STORE}
        if self.request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(body, media_type="text/html; charset=utf-8", headers=headers)

    async def own_form(self) -> Fields | None:
        """The fields of a form, None unless it comes from a page of the same session."""
        fields = await read_fields(self.request)
        try:
            refuse_cross_site(self.request)
            self.service.tokens.read_form(fields.get("form", ""), self.session)
        except (CrossSiteError, BadTokenError):
            return None
        return fields


def language_of(request: Request) -> str:
    """``?lang``, or English."""
    return match_language(request.query_params.get("lang"), LANGUAGES, DEFAULT_LANGUAGE)


def tag_of(body: str) -> str:
    """The ETag of a part that moves."""
    return f'"{digest(body)}"'


@cache
def stylesheet(*more: str) -> str:
    """The widget's own colours, light or dark as the browser is, and the look of these pages."""
    dark = f"@media(prefers-color-scheme:dark){{{source('dark.css')}}}"
    return source("light.css") + dark + "".join(map(source, ("dashboard.css", *more)))


@cache
def strings(area: Area) -> dict[str, Strings]:
    """The sentences of an area's pages by language, the default one first."""
    found = load_strings(*(assets.folder("templates") / folder for folder in area.words))
    return {language: found[language] for language in LANGUAGES}
