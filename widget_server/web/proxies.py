"""A proxy that nobody told us of: a request in; whether such a one passed it on, out.

To limits all who come through it are one visitor. Only who sits in a network of the house, or on
this machine, is taken for a proxy: others may send ``X-Forwarded-For`` as they like.
"""

from collections.abc import Sequence
from ipaddress import ip_address

from starlette.requests import Request

from ..settings import Network
from .headers import header


def came_through_unknown(request: Request, trusted: Sequence[Network]) -> bool:
    """Whether it was passed on by a proxy that is not ``trusted``."""
    client = request.scope.get("client")
    if client is None or not header(request, b"x-forwarded-for"):
        return False
    try:
        proxy = ip_address(client[0])
    except ValueError:
        return False
    return proxy.is_private and not any(proxy in network for network in trusted)


def trusted_words(trusted: Sequence[Network]) -> str:
    """Who was trusted, so that a note of before says nothing once that has changed."""
    return ", ".join(map(str, trusted))[:200] or "nobody"
