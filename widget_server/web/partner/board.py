"""A page for the board that decides: what the widget is, in plain words, to be printed."""

from functools import lru_cache

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ... import assets
from ...campaigns import Campaign
from ...given import Given
from ..accent import parse_colour
from ..look import Look
from ..widget import widget_page
from .desk import Desk
from .snippet import Choice


async def show(desk: Desk) -> Response:
    """``GET /partner/board``."""
    choice = Choice.of(desk)
    campaign = choice.campaign if choice else desk.service.default_campaign
    words = campaign.words_in(desk.language)
    privacy = f"{desk.service.settings.public_url}/c/{campaign.slug}/privacy"
    document = await _document(desk, campaign)
    return desk.html(
        "partner/board.html",
        campaign=campaign,
        words=words,
        privacy=f"{privacy}?lang={words.language}",
        script_kb=await run_in_threadpool(_kilobytes, assets.source("embed.js")),
        document_kb=await run_in_threadpool(_kilobytes, document),
        spoken=[campaign.words_in(tag).name for tag in campaign.languages],
        today=campaign.day(desk.service.clock()),
    )


async def _document(desk: Desk, campaign: Campaign) -> str:
    """What stands in the frame on the partner's page."""
    token = Given(desk.service, desk.partner).token(campaign.slug)
    showing = await desk.service.showing(token)
    look = Look(campaign.default_language, "light", parse_colour(campaign.accent), None)
    html, _ = widget_page(desk.service, showing, look)
    return html


@lru_cache(maxsize=64)
def _kilobytes(text: str) -> str:
    """How much of it goes over the wire, where it is packed best."""
    return f"{len(assets.encode(text).bodies['br']) / 1000:.1f}"
