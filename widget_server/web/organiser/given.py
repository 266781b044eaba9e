"""What a partner is given: their row in; snippets, a sign-in link and a key to the API out."""

from dataclasses import dataclass
from datetime import datetime

from ...model import Embed, Partner
from ...snippet import snippet
from ...tokens import Grant
from ..service import Service


@dataclass(frozen=True, slots=True)
class Snippet:
    """The text to paste for one campaign, and the token in it."""

    campaign: str
    token: str
    text: str


def snippets(service: Service, partner: Partner, language: str, now: datetime) -> list[Snippet]:
    """One for each campaign that has not ended; none while every snippet is revoked."""
    if partner.is_revoked:
        return []
    found = []
    for campaign in service.running(now):
        token = service.tokens.embed(Embed(campaign.slug, partner.slug, partner.generation))
        call = campaign.words_in(None).call
        text = snippet(service.settings.public_url, token, campaign.slug, call)
        found.append(Snippet(campaign.words_in(language).title, token, text))
    return found


def sign_in_link(service: Service, partner: Partner) -> str:
    """Signs in as this partner, good for 7 days."""
    token = service.tokens.link(Grant(partner.slug, partner.session_generation))
    return f"{service.settings.public_url}/partner?link={token}"


def api_key(service: Service, partner: Partner) -> str:
    """Their key to the JSON API, good until it is renewed."""
    return service.tokens.api_key(Grant(partner.slug, partner.api_generation))
