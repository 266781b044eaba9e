"""Where every page of a partner is made: a signed-in request in, the page in their language out."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ... import assets
from ...assets import source
from ...errors import AuthError
from ...model import Partner
from ..security import page_headers
from ..service import Service, service_of
from ..strings import Strings, load_strings, match_language
from .session import session_of, signed_in

DEFAULT_LANGUAGE = "en"

#: Above every page, by the key of its name.
PAGES = {"numbers": "/partner", "snippet": "/partner/snippet"}


@dataclass(frozen=True, slots=True)
class Desk:
    """Who asks, with which session, and in which language."""

    service: Service
    request: Request
    partner: Partner
    language: str

    @property
    def t(self) -> Strings:
        """The sentences of the partner's pages."""
        return strings()[self.language]

    @property
    def form_token(self) -> str:
        """What every form of this session carries."""
        return self.service.tokens.form(session_of(self.request))

    def link(self, path: str, **query: str) -> str:
        """An address of ours, in the same language."""
        return f"{path}?{urlencode({**query, 'lang': self.language})}"

    def html(self, template: str, status: int = 200, **context: Any) -> Response:
        """A whole page, for this partner only."""
        return page(
            self.service,
            template,
            self.language,
            status,
            partner=self.partner,
            link=self.link,
            here=self.request.url.path,
            query=dict(self.request.query_params),
            form_token=self.form_token,
            **context,
        )


Page = Callable[[Desk], Awaitable[Response]]
Handler = Callable[[Request], Awaitable[Response]]


def for_partners(show: Page) -> Handler:
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


def language_of(request: Request) -> str:
    """``?lang``, or English."""
    return match_language(request.query_params.get("lang"), tuple(strings()), DEFAULT_LANGUAGE)


def sign_in_page(service: Service, language: str, error: AuthError) -> Response:
    """What to do without a session."""
    return page(service, "partner/sign_in.html", language, error.status)


def page(
    service: Service, template: str, language: str, status: int = 200, **context: Any
) -> Response:
    """A page in the frame that all of them share."""
    style, script = source("dashboard.css"), source("dashboard.js")
    shared: Mapping[str, Any] = {
        "style": style,
        "script": script,
        "lang": language,
        "t": strings()[language],
        "languages": [(tag, each.language_name) for tag, each in strings().items()],
        "pages": PAGES,
    }
    body = service.pages.render(template, **shared, **context)
    headers = page_headers(styles=[style], script=script)
    return HTMLResponse(body, status, {**headers, "Cache-Control": "no-store"})


@cache
def strings() -> dict[str, Strings]:
    """The sentences of the partner's pages, by language; English first."""
    found = load_strings(assets.folder("templates") / "partner" / "strings")
    return dict(sorted(found.items(), key=lambda item: item[0] != DEFAULT_LANGUAGE))
