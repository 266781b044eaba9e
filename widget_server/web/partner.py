"""What a partner sees: a sign-in link, a session or an API key in; their own numbers out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ..assets import source
from ..errors import AuthError
from ..model import Embed, Partner
from ..report import counts
from ..report.chart import Chart, draw, last_days
from ..snippet import Embedding
from ..tokens import SESSION_MAX_AGE_SECONDS, BadTokenError, Grant
from . import loader
from .security import page_headers
from .service import Service, service_of

COOKIE = "threesteps_partner"
PATH = "/partner"


@dataclass(frozen=True, slots=True)
class Snippet:
    """The text to paste for one campaign, by its title; ``others`` are the same by purpose."""

    campaign: str
    text: str
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class PartnerPage:
    """Everything the page says; ``snippets`` is empty while the partner has no valid token."""

    name: str
    sites: tuple[str, ...]
    totals: Mapping[str, int]
    chart: Chart
    snippets: tuple[Snippet, ...]
    origin: str
    as_of: datetime
    warnings: list[str]


def partner_routes() -> list[Route]:
    """The partner's page, the same numbers as CSV, and as JSON for programs."""
    return [
        Route(PATH, show_page),
        Route(f"{PATH}/counts.csv", send_csv),
        Route("/api/v1/counts", send_json),
    ]


async def show_page(request: Request) -> Response:
    """The page; with ``?link=TOKEN``, a session and a redirect to the page without it."""
    service = service_of(request)
    try:
        if "link" in request.query_params:
            return await _sign_in(service, request.query_params["link"])
        partner = await _signed_in(service, request)
    except AuthError as error:
        return _html(service, "partner/sign_in.html", status=error.status)
    page = await run_in_threadpool(_page, service, partner)
    return _html(service, "partner/page.html", page=page)


async def send_csv(request: Request) -> Response:
    """Every day's numbers, for a spreadsheet."""
    service = service_of(request)
    try:
        partner = await _signed_in(service, request)
    except AuthError as error:
        return _html(service, "partner/sign_in.html", status=error.status)
    read = await run_in_threadpool(_counts, service, partner)
    headers = {
        "Content-Disposition": f'attachment; filename="{partner.slug}-counts.csv"',
        "Cache-Control": "no-store",
    }
    return Response(counts.as_csv(read), media_type="text/csv; charset=utf-8", headers=headers)


async def send_json(request: Request) -> Response:
    """The same numbers for a program that has the partner's API key."""
    service = service_of(request)
    try:
        partner = await _key_holder(service, request)
    except AuthError as error:
        body = {"error": {"code": error.code, "message": error.sentence, "field": None}}
        return JSONResponse(body, error.status, {"WWW-Authenticate": "Bearer"})
    read = await run_in_threadpool(_counts, service, partner)
    return JSONResponse(counts.as_json(read), headers={"Cache-Control": "no-store"})


async def _sign_in(service: Service, link: str) -> Response:
    partner = await _granted(service, service.tokens.read_link, link, _session_generation)
    session = service.tokens.session(Grant(partner.slug, partner.session_generation))
    response = RedirectResponse(PATH, 303, {"Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE,
        session,
        max_age=SESSION_MAX_AGE_SECONDS,
        path=PATH,
        secure=service.settings.public_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return response


async def _signed_in(service: Service, request: Request) -> Partner:
    session = request.cookies.get(COOKIE, "")
    return await _granted(service, service.tokens.read_session, session, _session_generation)


async def _key_holder(service: Service, request: Request) -> Partner:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise AuthError
        return await _granted(service, service.tokens.read_api_key, key.strip(), _api_generation)
    except AuthError:
        raise AuthError(
            "Send your API key as 'Authorization: Bearer API_KEY'. "
            "If you do, it is no longer valid: ask the organiser for a new one.",
            code="bad_api_key",
        ) from None


async def _granted(
    service: Service,
    read: Callable[[str], Grant],
    token: str,
    generation: Callable[[Partner], int],
) -> Partner:
    """The partner that a token was made for; raises AuthError unless it is valid today."""
    try:
        grant = read(token)
    except BadTokenError:
        raise AuthError from None
    partner = await service.partner(grant.partner)
    if partner is None or grant.generation != generation(partner):
        raise AuthError
    return partner


def _session_generation(partner: Partner) -> int:
    return partner.session_generation


def _api_generation(partner: Partner) -> int:
    return partner.api_generation


def _counts(service: Service, partner: Partner) -> counts.Counts:
    with service.store.read() as connection:
        return counts.read(connection, partner=partner.slug)


def _page(service: Service, partner: Partner) -> PartnerPage:
    now = service.clock()
    read = _counts(service, partner)
    return PartnerPage(
        name=partner.name,
        sites=partner.sites,
        totals=read.totals,
        chart=draw(last_days(read.days, service.default_campaign.day(now))),
        snippets=_snippets(service, partner, now),
        origin=service.settings.public_url,
        as_of=now,
        warnings=service.roster.warnings(now),
    )


def _snippets(service: Service, partner: Partner, now: datetime) -> tuple[Snippet, ...]:
    if partner.generation < partner.lowest_generation:
        return ()
    running = (campaign for campaign in service.campaigns.all() if not campaign.ended(now))
    snippets = []
    for campaign in running:
        words = campaign.words_in(None)
        token = service.tokens.embed(Embed(campaign.slug, partner.slug, partner.generation))
        embedding = Embedding(service.settings.public_url, token, campaign.slug, words.call)
        snippets.append(Snippet(words.title, embedding.element(), _others(embedding)))
    return tuple(snippets)


def _others(embedding: Embedding) -> dict[str, str]:
    """The forms that few sites need, by what they are for."""
    return {
        "With a hash (SRI) of the script": embedding.element(loader.pinned(embedding.public_url)),
        "For systems that strip tags they do not know": embedding.div(),
        "As one script": embedding.one_tag(),
        "Where no script is allowed": embedding.plain(),
    }


def _html(service: Service, template: str, *, status: int = 200, **context: Any) -> Response:
    style, script = source("dashboard.css"), source("dashboard.js")
    body = service.pages.render(template, style=style, script=script, **context)
    headers = page_headers(styles=[style], script=script, form_action=("'none'",))
    return HTMLResponse(body, status, {**headers, "Cache-Control": "no-store"})
