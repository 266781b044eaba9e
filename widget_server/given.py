"""What a partner is given: their row in; token, snippet, sign-in link and API key out."""

from dataclasses import dataclass
from typing import Protocol

from .campaigns import Campaign
from .model import Embed, Partner
from .settings import Settings
from .snippet import snippet
from .tokens import Grant, Tokens


class Issuer(Protocol):
    """A service, or an installation that is not served: what is given comes from there."""

    @property
    def settings(self) -> Settings:
        """Where it is on the web."""

    @property
    def tokens(self) -> Tokens:
        """What it signs with."""


@dataclass(frozen=True, slots=True)
class Given:
    """What ``partner`` is given, as far as their row says today."""

    issuer: Issuer
    partner: Partner

    def token(self, campaign_slug: str) -> str:
        """What says on their pages whose they are, and which campaign they show."""
        partner = self.partner
        return self.issuer.tokens.embed(Embed(campaign_slug, partner.slug, partner.generation))

    def snippet(self, campaign: Campaign) -> str:
        """What most sites paste, in the campaign's own language."""
        call = campaign.words_in(None).call
        return snippet(self._public_url, self.token(campaign.slug), campaign.slug, call)

    @property
    def sign_in_link(self) -> str:
        """Signs in as this partner, good for 7 days."""
        grant = Grant(self.partner.slug, self.partner.session_generation)
        return f"{self._public_url}/partner?link={self.issuer.tokens.link(grant)}"

    @property
    def api_key(self) -> str:
        """Their key to the JSON API, good until it is renewed."""
        return self.issuer.tokens.api_key(Grant(self.partner.slug, self.partner.api_generation))

    @property
    def _public_url(self) -> str:
        return self.issuer.settings.public_url
