"""Requests to where a partner points: an address they typed in; what answers there, out.

Nothing inside this machine or its network can be reached that way. A name is resolved once, every
address of it must be public, and the connection goes to the address that was judged: a name that
means something else a moment later changes nothing. Each redirect is judged like the first
address. No cookies, no proxy, nothing of the environment.
"""

import asyncio
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cache
from urllib.parse import urljoin

import httpx

from ..settings import USER_AGENT
from .internet import is_public

SECONDS = 5.0
MOST_BYTES = 2_000_000
MOST_REDIRECTS = 5
#: Where web servers listen. Mail, databases and the like are nobody's page.
PORTS = frozenset({80, 443, 8080, 8443})

_DEFAULT_PORTS = {"http": 80, "https": 443}
_LONGEST_ADDRESS = 2000

Resolve = Callable[[str, int], Awaitable[Sequence[str]]]


class OutsideError(Exception):
    """Why there is no answer.

    ``code`` is ``bad_address``, ``odd_port``, ``private``, ``unknown_host``, ``unreachable``,
    ``untrusted`` (its certificate), ``slow``, ``too_long``, ``compressed`` or ``astray`` (too
    many redirects).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Reply:
    """What answered; ``url`` is where it was found in the end."""

    url: str
    status: int
    headers: httpx.Headers
    body: bytes


async def system_addresses(host: str, port: int) -> Sequence[str]:
    """The addresses of a host as the system knows them, the preferred one first."""
    loop = asyncio.get_running_loop()
    flags = socket.AI_ADDRCONFIG
    found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Outside:
    """Who asks. ``may_connect`` judges an address, ``resolve`` finds those of a name.

    ``own`` is where this service itself can be asked, as ``host:port``: a demo is on this machine.
    """

    may_connect: Callable[[str], bool] = is_public
    ports: frozenset[int] | None = PORTS
    resolve: Resolve = field(default=system_addresses, repr=False)
    seconds: float = SECONDS
    own: str = ""

    async def get(self, url: str) -> Reply:
        """The page at this address, or where it leads to. Raises OutsideError."""
        async with self._in_time():
            for _ in range(MOST_REDIRECTS + 1):
                reply = await self._send("GET", url)
                onward = reply.headers.get("location")
                if reply.status not in {301, 302, 303, 307, 308} or not onward:
                    return reply
                url = urljoin(reply.url, onward)
        raise OutsideError("astray")

    async def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Reply:
        """Send a body there and nowhere else: a redirect is not followed. Raises OutsideError."""
        async with self._in_time():
            return await self._send("POST", url, body, headers)

    async def judge(self, url: str) -> None:
        """Whether it could be asked today, without asking. Raises OutsideError."""
        async with self._in_time():
            await self._addresses(self._parse(url))

    @asynccontextmanager
    async def _in_time(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self.seconds):
                yield
        except TimeoutError:
            raise OutsideError("slow") from None

    async def _send(
        self, method: str, url: str, body: bytes = b"", headers: Mapping[str, str] | None = None
    ) -> Reply:
        parsed = self._parse(url)
        for address in await self._addresses(parsed):
            try:
                return await _exchange(_pinned(method, parsed, address, body, headers or {}))
            except httpx.ConnectError as error:
                if isinstance(_root(error), ssl.SSLCertVerificationError):
                    raise OutsideError("untrusted") from None
            except httpx.HTTPError:
                break  # it was connected: asking again might do something twice
        raise OutsideError("unreachable")

    def _parse(self, text: str) -> httpx.URL:
        """One reading of the address, by which it is judged and asked. Raises OutsideError."""
        if len(text) > _LONGEST_ADDRESS:
            raise OutsideError("bad_address")
        try:
            url = httpx.URL(text.strip())
        except (httpx.InvalidURL, ValueError, TypeError):
            raise OutsideError("bad_address") from None
        plain = url.scheme in _DEFAULT_PORTS and url.raw_host and not url.userinfo
        if not plain or b"%" in url.raw_host:
            raise OutsideError("bad_address")
        if self.ports is not None and _port(url) not in self.ports and not self._is_own(url):
            raise OutsideError("odd_port")
        return url

    def _is_own(self, url: httpx.URL) -> bool:
        return url.netloc.decode("ascii") == self.own

    async def _addresses(self, url: httpx.URL) -> Sequence[str]:
        """All of the host's addresses, each of which may be asked. Raises OutsideError."""
        try:
            found = await self.resolve(url.raw_host.decode("ascii"), _port(url))
        except (OSError, UnicodeError):
            raise OutsideError("unknown_host") from None
        if not found:
            raise OutsideError("unknown_host")
        if not all(map(self.may_connect, found)) and not self._is_own(url):
            raise OutsideError("private")
        return found


def _pinned(
    method: str, url: httpx.URL, address: str, body: bytes, headers: Mapping[str, str]
) -> httpx.Request:
    """A request to the address that was judged, which names the host as its own."""
    host = url.raw_host.decode("ascii")
    return httpx.Request(
        method,
        url.copy_with(host=address, fragment=None),
        content=body,
        headers={
            "User-Agent": USER_AGENT,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            **headers,
            "Host": url.netloc.decode("ascii"),
        },
        extensions={"sni_hostname": host, "named": url},
    )


async def _exchange(request: httpx.Request) -> Reply:
    """One question and its answer, on a connection of its own."""
    async with httpx.AsyncHTTPTransport(verify=_trust(), trust_env=False) as transport:
        response = await transport.handle_async_request(request)
        try:
            body = await _read(response)
        finally:
            await response.aclose()
    named = str(request.extensions["named"])
    return Reply(named, response.status_code, response.headers, body)


async def _read(response: httpx.Response) -> bytes:
    """The body, as long as it may be. Raises OutsideError."""
    body = bytearray()
    assert isinstance(response.stream, httpx.AsyncByteStream)
    async for chunk in response.stream:
        body += chunk
        if len(body) > MOST_BYTES:
            raise OutsideError("too_long")
    encoding = response.headers.get("content-encoding", "identity").strip().lower()
    return bytes(body) if encoding == "identity" else _unpacked(bytes(body), encoding)


def _unpacked(body: bytes, encoding: str) -> bytes:
    """What some servers compress though nobody asked; never more than we would have read."""
    if encoding != "gzip":
        raise OutsideError("compressed")
    unpack = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = unpack.decompress(body, MOST_BYTES)
    except zlib.error:
        raise OutsideError("compressed") from None
    if unpack.unconsumed_tail:
        raise OutsideError("too_long")
    return plain


@cache
def _trust() -> ssl.SSLContext:
    """The system's and certifi's roots, read once."""
    return httpx.create_ssl_context(trust_env=False)


def _port(url: httpx.URL) -> int:
    return url.port or _DEFAULT_PORTS[url.scheme]


def _root(error: BaseException) -> BaseException:
    """What began it."""
    while inner := error.__cause__ or error.__context__:
        error = inner
    return error
