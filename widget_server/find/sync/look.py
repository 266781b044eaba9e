"""Contact pages on the members' own sites: websites in, the pages that answered out.

The publishers know hardly any. We ask politely: what robots.txt allows, one request a second a
host, under our own name; and only an official host, over https, at a public address.
"""

import ipaddress
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

import httpx

from ...model import Legislator
from ...settings import USER_AGENT

#: Where the sites of Congress keep the page, the most usual first.
PATHS = ("/contact", "/contact/email-me", "/contact-me", "/email-me", "/contact/contact-form")

_MOST_REDIRECTS = 3
_MOST_BYTES = 500_000
_TIMEOUT = httpx.Timeout(10)


def is_public(host: str, port: int) -> bool:
    """Whether every address of a host is one of the public internet."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except OSError:
        return False
    addresses = {ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found}
    return bool(addresses) and all(address.is_global for address in addresses)


@dataclass(frozen=True, slots=True)
class Manners:
    """Whom we may ask, and how often."""

    scheme: str = "https"
    hosts: tuple[str, ...] = (".house.gov", ".senate.gov")
    may_connect: Callable[[str, int], bool] = is_public
    pause_seconds: float = 1.0


@dataclass(frozen=True, slots=True)
class _Answer:
    """The beginning of what a host said."""

    status: int
    is_page: bool
    leads_to: str | None
    text: str

    @classmethod
    def of(cls, response: httpx.Response) -> "_Answer":
        """Read no more than ``_MOST_BYTES``."""
        body = next(response.iter_bytes(_MOST_BYTES), b"")
        return cls(
            status=response.status_code,
            is_page=response.headers.get("content-type", "").startswith("text/html"),
            leads_to=response.headers["location"] if response.has_redirect_location else None,
            text=body.decode("utf-8", "replace"),
        )


@dataclass
class Looker:
    """One round of visits; ``client`` must not follow redirects by itself."""

    client: httpx.Client
    manners: Manners = field(default_factory=Manners)
    _asked: dict[str, float] = field(default_factory=dict, init=False)
    _robots: dict[str, RobotFileParser] = field(default_factory=dict, init=False)

    def contact_page(self, person: Legislator) -> str | None:
        """The first of ``PATHS`` on their own host that answers with a page."""
        if person.website is None or not self._is_official(person.website):
            return None
        return next(self._pages(person.website), None)

    def _pages(self, website: str) -> Iterator[str]:
        for path in PATHS:
            if page := self._page(urljoin(website, path)):
                yield page

    def _page(self, url: str) -> str | None:
        """Where ``url`` leads to, if that is a page on the same host, and not its first one."""
        origin = _origin(url)
        for _ in range(_MOST_REDIRECTS + 1):
            if _origin(url) != origin or not self._robot_rules(origin).can_fetch(USER_AGENT, url):
                return None
            answer = self._get(url)
            if answer is None:
                return None
            if answer.leads_to is None:
                is_there = answer.status == 200 and answer.is_page
                return url if is_there and urlsplit(url).path.strip("/") else None
            url = urljoin(url, answer.leads_to)
        return None

    def _robot_rules(self, origin: str) -> RobotFileParser:
        """The rules of a host. Without a robots.txt all is allowed, in an outage nothing is."""
        if origin not in self._robots:
            rules = self._robots[origin] = RobotFileParser()
            answer = self._get(f"{origin}/robots.txt")
            if answer is not None and answer.status == 200:
                rules.parse(answer.text.splitlines())
            elif answer is not None and 400 <= answer.status < 500:
                rules.parse(())
            else:
                rules.parse(("User-agent: *", "Disallow: /"))
        return self._robots[origin]

    def _get(self, url: str) -> _Answer | None:
        if not self._is_official(url):
            return None
        host = urlsplit(url).hostname or ""
        wait = self._asked.get(host, float("-inf")) + self.manners.pause_seconds - time.monotonic()
        time.sleep(max(0.0, wait))
        self._asked[host] = time.monotonic()
        try:
            with self.client.stream("GET", url, timeout=_TIMEOUT) as response:
                return _Answer.of(response)
        except (httpx.HTTPError, httpx.InvalidURL):
            return None

    def _is_official(self, url: str) -> bool:
        parts = urlsplit(url)
        try:
            host, port = parts.hostname or "", parts.port or 443
        except ValueError:
            return False
        return (
            parts.scheme == self.manners.scheme
            and host.endswith(self.manners.hosts)
            and self.manners.may_connect(host, port)
        )


def new_client() -> httpx.Client:
    """The client for a round of visits, under the project's name."""
    return httpx.Client(headers={"User-Agent": USER_AGENT}, follow_redirects=False)


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"
