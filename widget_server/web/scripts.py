"""A script's text in, what is sent of it out."""

from ..assets import encode
from .bodies import Sendable

#: For an address that changes with the bytes.
FOREVER = "public, max-age=31536000, immutable"


def own_script(text: str) -> Sendable:
    """A script that only our own pages load, from an address that changes with its bytes."""
    return script(text, FOREVER, {"Cross-Origin-Resource-Policy": "same-origin"})


def script(text: str, cache_control: str, policy: dict[str, str]) -> Sendable:
    """A script that is kept for so long; ``policy`` says which sites may load it."""
    encoded = encode(text)
    headers = {
        **policy,
        "Content-Type": "text/javascript; charset=utf-8",
        "Cache-Control": cache_control,
        "X-Content-Type-Options": "nosniff",
    }
    return Sendable(encoded, headers, etag=encoded.hash)
