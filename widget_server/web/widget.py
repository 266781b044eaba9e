"""The widget's documents: one set of bytes for every visitor of a partner."""

import json
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from .. import assets
from ..campaigns import Campaign, State
from ..errors import NotFoundError
from .bodies import Sendable
from .headers import path_of
from .look import Look
from .proving import solver_path
from .sealing import script_path
from .security import page_headers
from .service import Service, Showing, service_of
from .shares import share_links
from .strings import Strings

#: Sent as one, in this order.
SCRIPTS = ("weight.js", "editor.js", "language.js", "keep_back.js", "prove.js", "widget.js")

#: Where the widget's GET forms may go.
NETWORKS = ("https://x.com", "https://bsky.app", "https://www.threads.com")

NO_STORE = {"Cache-Control": "no-store"}
NO_FIELDS = {"zip": "", "street": "", "email": "", "name": "", "updates": ""}
NO_FAULTS = {"zip": "", "street": "", "email": "", "name": ""}


async def document(request: Request) -> Response:
    """``GET /w/TOKEN``."""
    service = service_of(request)
    showing = await service.showing(request.path_params["token"])
    look = service.look(request, showing)
    now = service.clock()
    service.sightings.note(request.scope, showing.partner, showing.campaign, now)
    state = showing.campaign.state(now)
    key = (showing.token, showing.attributed, showing.partner is None, look, state)
    return service.documents.get(key, lambda: _document(service, showing, look)).response(request)


async def back_to_start(request: Request) -> Response:
    """``GET`` of a step, from an address bar or a restored tab: the document again."""
    document_path = path_of(request).rpartition("/")[0]
    query = request.scope["query_string"].decode("latin-1")
    return RedirectResponse(f"{document_path}?{query}".rstrip("?"), 303)


async def campaign_page(request: Request) -> Response:
    """``GET /c/CAMPAIGN``: the same on its own page, where the snippet's link leads."""
    service = service_of(request)
    showing = await _own_page(service, request)
    look = service.look(request, showing)
    page = service.documents.get(
        ("own page", showing.token, look, showing.campaign.state(service.clock())),
        lambda: _document(service, showing, look, own_page=True),
    )
    return page.response(request)


async def privacy(request: Request) -> Response:
    """``GET /c/CAMPAIGN/privacy``."""
    service = service_of(request)
    showing = await _own_page(service, request)
    look = Look.of(request, showing.campaign)
    page = service.documents.get(
        ("privacy", showing.token, look), lambda: _privacy(service, showing, look)
    )
    return page.response(request)


def widget_page(
    service: Service,
    showing: Showing,
    look: Look,
    *,
    stage: str = "",
    settled: bool = False,
    acts: frozenset[str] = frozenset(),
    own_page: bool = False,
    **context: Any,
) -> tuple[str, dict[str, str]]:
    """A whole page around a stage (a template's name, the first one without), and its headers.

    ``settled`` says that the first step is done, ``acts`` what was opened of the other two.
    """
    campaign = showing.campaign
    t = service.pages.strings[look.language]
    script = "".join(map(assets.source, SCRIPTS))
    done = [
        settled,
        any(act.startswith("tweet") for act in acts),
        any(act.startswith("email") for act in acts),
    ]
    html = service.pages.render(
        "widget/page.html",
        **{"fields": NO_FIELDS, "faults": NO_FAULTS, "oops": "", "page": True, **context},
        **page_context(service, campaign, look),
        stage=stage or first_stage(campaign, campaign.state(service.clock())),
        own_page=own_page,
        script=script,
        say=json.dumps(_sayings(campaign, t), ensure_ascii=False, separators=(",", ":")),
        token=showing.token,
        partner_name=showing.partner.name if showing.partner else "",
        here=f"/c/{campaign.slug}" if own_page else f"/w/{showing.token}",
        attribution=_attribution(showing),
        **sharing(service, showing, look),
        languages=[(tag, service.pages.strings[tag].language_name) for tag in campaign.languages],
        steps_done=done,
        step_now=done.index(False) if False in done else None,
    )
    headers = page_headers(
        styles=(look.css,),
        script=script,
        later=_later(service, campaign),
        form_action=("'self'", *NETWORKS),
        frame_ancestors=showing.partner.sites if showing.partner and not own_page else (),
        indexed=own_page,
    )
    return html, headers


def _later(service: Service, campaign: Campaign) -> str:
    """The scripts that the page's own may ask for."""
    paths = [solver_path(), *([script_path()] if campaign.seal == "browser" else [])]
    return " ".join(service.settings.public_url + path for path in paths)


def first_stage(campaign: Campaign, state: State) -> str:
    """The template of what a visitor sees first."""
    if state != "live":
        return "widget/closed.html"
    return "widget/here.html" if campaign.fixed else "widget/ask.html"


def page_context(service: Service, campaign: Campaign, look: Look) -> dict[str, Any]:
    """What every page of a campaign needs."""
    return {
        "campaign": campaign,
        "state": campaign.state(service.clock()),
        "words": campaign.words_in(look.language),
        "lang": look.language,
        "query": look.query,
        "css": look.css,
        "t": service.pages.strings[look.language],
        "public_url": service.settings.public_url,
    }


def _sayings(campaign: Campaign, t: Strings) -> dict[str, str]:
    """The few sentences that the script says by itself."""
    sayings = {key: str(t(key)) for key in ("opened", "sent", "copied", "select")}
    retries = {key: str(t(key, seconds="{seconds}")) for key in ("retry", "retry_find")}
    return {**sayings, **retries, "oops": campaign.words_in(t.language).failure}


def sharing(service: Service, showing: Showing, look: Look) -> dict[str, Any]:
    """The campaign's address to hand on, which counts for the partner whose page this is."""
    url = f"{service.settings.public_url}/c/{showing.campaign.slug}"
    if showing.attributed:
        url += f"?t={showing.token}"
    words = showing.campaign.words_in(look.language)
    email = service.pages.strings[look.language]("share_email")
    won = showing.campaign.state(service.clock()) == "won"
    return {"shared_url": url, "shares": share_links(words.won if won else words.share, url, email)}


def _attribution(showing: Showing) -> str:
    """What carries the partner on in a query that has begun."""
    return f"&t={showing.token}" if showing.attributed else ""


def _document(
    service: Service, showing: Showing, look: Look, *, own_page: bool = False
) -> Sendable:
    html, headers = widget_page(service, showing, look, own_page=own_page)
    return _kept(html, headers, quick=look.asked_accent is not None)


def _privacy(service: Service, showing: Showing, look: Look) -> Sendable:
    context = page_context(service, showing.campaign, look)
    html = service.pages.render("privacy.html", attribution=_attribution(showing), **context)
    return _kept(
        html, page_headers(styles=(look.css,), indexed=True), quick=look.asked_accent is not None
    )


def _kept(html: str, headers: dict[str, str], *, quick: bool) -> Sendable:
    """Bytes for every visitor; the ETag covers the policy too, which a 304 repeats."""
    encoded = assets.encode(html, quick=quick)
    policy = assets.digest(headers["Content-Security-Policy"])[7:15]
    kept = {**headers, "Cache-Control": "public, max-age=60, stale-while-revalidate=600"}
    return Sendable(encoded, kept, etag=f"{encoded.hash}{policy}")


async def _own_page(service: Service, request: Request) -> Showing:
    """A campaign on a page of its own, for the partner whose token came along."""
    campaign = service.campaigns.get(request.path_params["campaign"])
    if campaign is None:
        raise NotFoundError
    asked = await service.showing(request.query_params.get("t", ""))
    fits = asked.known and asked.campaign.slug == campaign.slug
    return asked if fits else service.house(campaign)
