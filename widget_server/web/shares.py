"""A sentence and an address in; links that share them on the usual networks out."""

from urllib.parse import quote, urlencode


def share_links(text: str, url: str, email: str) -> tuple[tuple[str, str], ...]:
    """``(name, address)`` for each network, in the order shown; ``email`` is its name."""
    both = f"{text} {url}"
    return (
        ("WhatsApp", "https://wa.me/?" + _query(text=both)),
        ("X", "https://x.com/intent/post?" + _query(text=text, url=url)),
        ("Bluesky", "https://bsky.app/intent/compose?" + _query(text=both)),
        ("Threads", "https://www.threads.com/intent/post?" + _query(text=both)),
        ("Telegram", "https://t.me/share/url?" + _query(url=url, text=text)),
        ("Facebook", "https://www.facebook.com/sharer/sharer.php?" + _query(u=url)),
        (email, "mailto:?" + _query(subject=text, body=both)),
    )


def _query(**values: str) -> str:
    return urlencode(values, quote_via=quote)
