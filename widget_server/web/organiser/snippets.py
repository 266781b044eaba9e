"""The snippets of a partner: their row in; one for each campaign that runs out."""

from dataclasses import dataclass
from datetime import datetime

from ...given import Given
from ...model import Partner
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
    given = Given(service, partner)
    return [
        Snippet(
            campaign.words_in(language).title,
            given.token(campaign.slug),
            given.snippet(campaign),
        )
        for campaign in service.running(now)
    ]
