"""What a partner is sent: an installation and a partner in; snippet, link and key out."""

from rich.console import Console

from ..model import Embed, Partner
from ..snippet import snippet
from ..tokens import Grant
from .installation import Installation


def given(
    installation: Installation, partner: Partner, campaign_slug: str | None
) -> dict[str, str]:
    """What a partner is sent, as the design names it."""
    campaign = installation.campaign(campaign_slug)
    public_url = installation.settings.public_url
    tokens = installation.tokens
    token = tokens.embed(Embed(campaign.slug, partner.slug, partner.generation))
    call = campaign.words_in(None).call
    return {
        "partner": partner.slug,
        "token": token,
        "snippet": snippet(public_url, token, campaign.slug, call),
        "dashboard": dashboard(installation, partner),
        "api_key": tokens.api_key(Grant(partner.slug, partner.api_generation)),
    }


def dashboard(installation: Installation, partner: Partner) -> str:
    """A link that signs in to the partner's page."""
    grant = Grant(partner.slug, partner.session_generation)
    return f"{installation.settings.public_url}/partner?link={installation.tokens.link(grant)}"


def print_given(
    installation: Installation, partner: Partner, campaign_slug: str | None = None
) -> None:
    """Print it for people."""
    sent = given(installation, partner, campaign_slug)
    console = Console(markup=False, highlight=False, soft_wrap=True)
    console.print(f"{partner.name} ({partner.slug})", style="bold")
    console.print("Sites: " + ", ".join(partner.sites))
    if partner.is_revoked:
        console.print("This snippet is revoked: `partner rotate` makes a new one.", style="red")
    for title, text in (
        ("The snippet to paste", sent["snippet"]),
        ("Their page (sign-in link, good for 7 days)", sent["dashboard"]),
        ("Key to the JSON API (secret)", sent["api_key"]),
    ):
        console.print(f"\n{title}:", style="bold")
        console.print(text)
