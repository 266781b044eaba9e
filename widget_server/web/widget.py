"""The widget's documents: one set of bytes for every visitor of a partner."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from .. import assets
from ..campaigns import Campaign
from ..errors import NotFoundError
from .bodies import Sendable
from .look import Look
from .security import page_headers
from .service import Service, Showing, service_of
from .strings import Strings

#: Where the widget's GET forms may go.
NETWORKS = ("https://x.com", "https://bsky.app", "https://www.threads.com")

NO_STORE = {"Cache-Control": "no-store"}
NO_FIELDS = {"zip": "", "email": "", "name": "", "updates": ""}
NO_FAULTS = {"zip": "", "email": "", "name": ""}


async def document(request: Request) -> Response:
    """``GET /w/TOKEN``."""
    service = service_of(request)
    showing = await service.showing(request.path_params["token"])
    look = Look.of(request, showing.campaign)
    key = (showing.token, showing.partner, showing.known, look)
    return service.documents.get(key, lambda: _document(service, showing, look)).response(request)


async def campaign_page(request: Request) -> Response:
    """``GET /c/CAMPAIGN``: the same on its own page, where the snippet's link leads."""
    service = service_of(request)
    campaign = _campaign(service, request)
    asked = await service.showing(request.query_params.get("t", ""))
    fits = asked.known and asked.campaign.slug == campaign.slug
    showing = asked if fits else service.house(campaign)
    look = Look.of(request, campaign)
    page = service.documents.get(
        ("own page", showing.token, showing.partner, look),
        lambda: _document(service, showing, look, own_page=True),
    )
    return page.response(request)


async def privacy(request: Request) -> Response:
    """``GET /c/CAMPAIGN/privacy``."""
    service = service_of(request)
    campaign = _campaign(service, request)
    look = Look.of(request, campaign)
    page = service.documents.get(
        ("privacy", campaign.slug, look), lambda: _privacy(service, campaign, look)
    )
    return page.response(request)


def widget_page(
    service: Service,
    showing: Showing,
    look: Look,
    *,
    stage: str = "widget/ask.html",
    acts: frozenset[str] = frozenset(),
    own_page: bool = False,
    **context: Any,
) -> tuple[str, dict[str, str]]:
    """A whole page around a stage (a template's name), and its headers."""
    campaign = showing.campaign
    t = service.pages.strings[look.language]
    script = assets.source("weight.js") + assets.source("widget.js")
    done = [
        stage != "widget/ask.html",
        any(act.startswith("tweet") for act in acts),
        any(act.startswith("email") for act in acts),
    ]
    html = service.pages.render(
        "widget/page.html",
        **{"fields": NO_FIELDS, "faults": NO_FAULTS, "oops": "", "page": True, **context},
        **page_context(service, campaign, look),
        stage=stage,
        own_page=own_page,
        script=script,
        say=json.dumps(_sayings(campaign, t), ensure_ascii=False, separators=(",", ":")),
        token=showing.token,
        partner_name=showing.partner.name if showing.partner else "",
        here=f"/c/{campaign.slug}" if own_page else f"/w/{showing.token}",
        attributed=own_page and showing.attributed is not None,
        languages=[(tag, service.pages.strings[tag].language_name) for tag in campaign.languages],
        steps_done=done,
        step_now=done.index(False) if False in done else None,
    )
    headers = page_headers(
        styles=_styles(look),
        script=script,
        form_action=("'self'", *NETWORKS),
        frame_ancestors=showing.partner.sites if showing.partner and not own_page else (),
        indexed=own_page,
    )
    return html, headers


def page_context(service: Service, campaign: Campaign, look: Look) -> dict[str, Any]:
    """What every page of a campaign needs."""
    return {
        "campaign": campaign,
        "words": campaign.words_in(look.language),
        "lang": look.language,
        "theme": look.theme,
        "query": look.query,
        "styles": _styles(look),
        "t": service.pages.strings[look.language],
        "public_url": service.settings.public_url,
    }


def _styles(look: Look) -> tuple[str, ...]:
    css = assets.source("widget.css")
    return (css, look.accent) if look.accent else (css,)


def _sayings(campaign: Campaign, t: Strings) -> dict[str, str]:
    """The few sentences that the script says by itself."""
    sayings = {key: str(t(key)) for key in ("opened", "sent", "copied", "select")}
    oops = campaign.words_in(t.language).failure
    return {**sayings, "oops": oops, "retry": str(t("retry", seconds="{seconds}"))}


def _document(
    service: Service, showing: Showing, look: Look, *, own_page: bool = False
) -> Sendable:
    html, headers = widget_page(service, showing, look, own_page=own_page)
    return _kept(html, headers, quick=look.invented)


def _privacy(service: Service, campaign: Campaign, look: Look) -> Sendable:
    html = service.pages.render("privacy.html", **page_context(service, campaign, look))
    return _kept(html, page_headers(styles=_styles(look), indexed=True), quick=look.invented)


def _kept(html: str, headers: dict[str, str], *, quick: bool) -> Sendable:
    """Bytes for every visitor; the ETag covers the policy too, which a 304 repeats."""
    encoded = assets.encode(html, quick=quick)
    policy = assets.digest(headers["Content-Security-Policy"])[7:15]
    kept = {**headers, "Cache-Control": "public, max-age=60, stale-while-revalidate=600"}
    return Sendable(encoded, kept, etag=f'"{encoded.hash}{policy}"')


def _campaign(service: Service, request: Request) -> Campaign:
    campaign = service.campaigns.get(request.path_params["campaign"])
    if campaign is None:
        raise NotFoundError
    return campaign
