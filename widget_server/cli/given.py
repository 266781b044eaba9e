"""What a partner is sent: an installation and a partner in; snippet, link and key printed."""

from rich.console import Console

from ..given import Given
from ..model import Partner
from .installation import Installation


def sent(installation: Installation, partner: Partner, campaign_slug: str | None) -> dict[str, str]:
    """What a partner is sent, as the design names it."""
    campaign, given = installation.campaign(campaign_slug), Given(installation, partner)
    return {
        "partner": partner.slug,
        "token": given.token(campaign.slug),
        "snippet": given.snippet(campaign),
        "dashboard": given.sign_in_link,
        "api_key": given.api_key,
    }


def print_given(
    installation: Installation, partner: Partner, campaign_slug: str | None = None
) -> None:
    """Print it for people."""
    campaign, given = installation.campaign(campaign_slug), Given(installation, partner)
    console = Console(markup=False, highlight=False, soft_wrap=True)
    console.print(f"{partner.name} ({partner.slug})", style="bold")
    console.print("Sites: " + ", ".join(partner.sites))
    if partner.is_revoked:
        console.print("This snippet is revoked: `partner rotate` makes a new one.", style="red")
    for title, text in (
        ("The snippet to paste", given.snippet(campaign)),
        ("Their page (sign-in link, good for 7 days)", given.sign_in_link),
        ("Key to the JSON API (secret)", given.api_key),
    ):
        console.print(f"\n{title}:", style="bold")
        console.print(text)
