"""What the partner pastes into their page, in every form."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.responses import Response

from ...model import Embed, Partner
from ...snippet import Embedding
from .. import loader
from ..service import Service
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Snippet:
    """The text to paste for one campaign, by its title; ``others`` are the same by purpose."""

    campaign: str
    text: str
    others: Mapping[str, str]


async def show(desk: Desk) -> Response:
    """``GET /partner/snippet``."""
    found = snippets(desk.service, desk.partner, desk.service.clock())
    return desk.html("partner/snippet.html", snippets=found)


def snippets(service: Service, partner: Partner, now: datetime) -> tuple[Snippet, ...]:
    """One for each campaign that has not ended; none while the partner has no valid token."""
    if partner.generation < partner.lowest_generation:
        return ()
    running = (campaign for campaign in service.campaigns.all() if not campaign.ended(now))
    found = []
    for campaign in running:
        words = campaign.words_in(None)
        token = service.tokens.embed(Embed(campaign.slug, partner.slug, partner.generation))
        embedding = Embedding(service.settings.public_url, token, campaign.slug, words.call)
        found.append(Snippet(words.title, embedding.element(), _others(embedding)))
    return tuple(found)


def _others(embedding: Embedding) -> dict[str, str]:
    """The forms that few sites need, by what they are for."""
    return {
        "With a hash (SRI) of the script": embedding.element(loader.pinned(embedding.public_url)),
        "For systems that strip tags they do not know": embedding.div(),
        "As one script": embedding.one_tag(),
        "Where no script is allowed": embedding.plain(),
    }
