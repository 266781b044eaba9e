"""Who asks: a request in; an address out, and for memory a name that says nothing of it."""

import re
import secrets
import time
from collections.abc import Callable, Iterator, Sequence
from hashlib import blake2b
from ipaddress import IPv4Address, IPv6Address, ip_address

from starlette.requests import Request

from ..settings import Network

DAY_SECONDS = 24 * 3600
NAME_BYTES = 16
_NETWORK_BITS = 64
_WITH_PORT = re.compile(r"(?:([\d.]+)|\[(.+)\])(?::\d+)?")


def client_address(request: Request, trusted: Sequence[Network] = ()) -> str:
    """The address that asks; of IPv6 its network, which is one household or one machine.

    Only a proxy in one of the ``trusted`` networks may say for whom it asks: the rightmost in
    ``X-Forwarded-For`` that is no such proxy itself. What is left of that anybody may have sent.
    """
    client = request.scope.get("client")
    address = client[0] if client else ""
    if trusted:
        address = _forwarded(request, address, trusted)
    return _network(address) if ":" in address else address


def _forwarded(request: Request, address: str, trusted: Sequence[Network]) -> str:
    """Who stands before the last proxy that is trusted."""
    said = _said(request)
    while (proxy := _parsed(address)) and any(proxy in network for network in trusted):
        nearer = next(said, None)
        known = nearer and _parsed(nearer)
        if not known:
            return address
        address = str(known)
    return address


def _said(request: Request) -> Iterator[str]:
    """What ``X-Forwarded-For`` says, from the right."""
    headers = request.scope["headers"]
    lines = [value.decode("latin-1") for name, value in headers if name == b"x-forwarded-for"]
    return (part.strip() for part in reversed(",".join(lines).split(",")))


def _parsed(address: str) -> IPv4Address | IPv6Address | None:
    """The address; some proxies write its port too: ``192.0.2.1:443``, ``[2001:db8::1]:443``."""
    with_port = _WITH_PORT.fullmatch(address)
    try:
        return ip_address(with_port[1] or with_port[2] if with_port else address)
    except ValueError:
        return None


def _network(address: str) -> str:
    """The first half of an IPv6 address, or the IPv4 address that it stands for."""
    parsed = _parsed(address)
    if not isinstance(parsed, IPv6Address):
        return address
    mapped = parsed.ipv4_mapped
    return str(mapped) if mapped else f"{int(parsed) >> _NETWORK_BITS:x}"


class Names:
    """Names for addresses, each good for one day.

    They are hashes under a salt of the day. ``secret`` makes it the same in several processes;
    without one it lives and dies with this process.
    """

    def __init__(self, secret: bytes = b"", now: Callable[[], float] = time.time) -> None:
        self._secret = secret or secrets.token_bytes(32)
        self._now = now
        self._day = -1
        self._salt = b""

    def of(self, address: str) -> bytes:
        """The name of this address today."""
        day = int(self._now()) // DAY_SECONDS
        if day != self._day:
            self._day, self._salt = day, self._salt_of(day)
        return blake2b(address.encode(), digest_size=NAME_BYTES, key=self._salt).digest()

    def _salt_of(self, day: int) -> bytes:
        return blake2b(b"threesteps.client\0%d" % day, key=self._secret[:64]).digest()
