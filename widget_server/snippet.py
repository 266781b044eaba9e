"""What a partner pastes into their page: a token in, HTML out."""

from html import escape


def snippet(public_url: str, token: str, campaign_slug: str, call: str) -> str:
    """The custom element around a link that works without it, and the loader.

    ``call`` is the campaign's own, in the language of the partner's page.
    """
    address = escape(f"{public_url}/c/{campaign_slug}?t={token}")
    return (
        f'<three-steps token="{escape(token)}"><a href="{address}" target="_blank" '
        f'rel="noopener">{escape(f"Take action: {call}", quote=False)}</a></three-steps>\n'
        f'<script async src="{escape(public_url)}/embed.js"></script>'
    )
