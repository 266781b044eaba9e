"""oEmbed: the address of a campaign's page in, what another site may show for it out.

https://oembed.com, version 1.0. JSON alone: a request for XML is 501, as the format has it.
"""

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..campaigns import Campaign
from ..errors import FormatError, NotFoundError
from ..snippet import FRAME_HEIGHT, Embedding
from .api import OPEN
from .service import Service, Showing, service_of
from .strings import match_language

#: What a column of text is wide; a site that wants another width says so.
WIDTH = 600
CACHE_SECONDS = 3600
KEPT = {"Cache-Control": f"public, max-age={CACHE_SECONDS}"}


async def oembed(request: Request) -> Response:
    """``GET /oembed?url=https://HOST/c/CAMPAIGN?t=TOKEN``, with ``maxwidth`` and ``maxheight``.

    Raises NotFoundError for whatever is no page of ours, and FormatError for XML.
    """
    asked = request.query_params
    if asked.get("format", "json") != "json":
        raise FormatError
    service = service_of(request)
    slug, query = _our_page(service, asked.get("url", ""))
    campaign = service.campaigns.get(slug)
    if campaign is None:
        raise NotFoundError
    language = match_language(query.get("lang"), campaign.languages, campaign.default_language)
    if "t" in query:
        showing = await _framed(service, query["t"], campaign)
        answer = _frame(service, showing, language, asked)
    else:
        answer = {"type": "link"}
    described = _described(service, campaign, language)
    return JSONResponse({**described, **answer}, headers=OPEN | KEPT)


def _our_page(service: Service, url: str) -> tuple[str, Mapping[str, str]]:
    """The campaign that an address of ours names, and its query."""
    public_url = service.settings.public_url
    found = re.fullmatch(r"/c/([\w-]+)(?:\?([^#]*))?(?:#.*)?", url.removeprefix(public_url))
    if not found or not url.startswith(public_url):
        raise NotFoundError
    return found[1], dict(parse_qsl(found[2] or ""))


async def _framed(service: Service, token: str, campaign: Campaign) -> Showing:
    """What the token shows; without a partner no site may frame it, so there is nothing."""
    showing = await service.showing(token)
    if showing.partner is None or showing.campaign.slug != campaign.slug:
        raise NotFoundError
    return showing


def _described(service: Service, campaign: Campaign, language: str) -> dict[str, Any]:
    """What every answer says."""
    return {
        "version": "1.0",
        "title": campaign.words_in(language).title,
        "provider_name": campaign.organiser.name,
        "provider_url": service.settings.public_url,
        "cache_age": CACHE_SECONDS,
    }


def _frame(
    service: Service, showing: Showing, language: str, asked: Mapping[str, str]
) -> dict[str, Any]:
    """The widget in a frame.

    The quotation before it is for WordPress, which puts the frame of a provider that it does not
    know into a sandbox without forms, and then shows the quotation in its place.
    """
    width = min(WIDTH, _limit(asked, "maxwidth", WIDTH))
    height = min(FRAME_HEIGHT, _limit(asked, "maxheight", FRAME_HEIGHT))
    call = showing.campaign.words_in(language).call
    embedding = Embedding(service.settings.public_url, showing.token, showing.campaign.slug, call)
    frame = embedding.frame(width=width, height=height, language=language)
    html = f"<blockquote>{embedding.link}</blockquote>{frame}"
    return {"type": "rich", "html": html, "width": width, "height": height}


def _limit(asked: Mapping[str, str], name: str, default: int) -> int:
    """A bound in pixels; what is no such number is ignored."""
    text = asked.get(name, "")
    return int(text) if re.fullmatch(r"[1-9][0-9]{0,4}", text) else default
