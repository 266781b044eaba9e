"""Where a partner's widget may stand: what an organiser typed in, exact origins out.

An origin is ``scheme://[*.]host[:port]``, spelt as a browser spells it, so that it can be
written into ``frame-ancestors`` as it is.
"""

import re
from collections.abc import Iterable
from urllib.parse import SplitResult, urlsplit

import idna

from ..errors import PartnerError

_SCHEMES = {"https": 443, "http": 80}
_LABEL = r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?"
_HOST = re.compile(rf"{_LABEL}(\.{_LABEL})*")
_MOST_CHARACTERS = 300
_IPV4 = re.compile(r"[0-9.]+")


def parse_sites(texts: Iterable[str]) -> tuple[str, ...]:
    """The origins that the texts name, each once, in their order.

    ``example.org`` means https, with and without ``www``; ``https://example.org:8443`` means
    itself; ``https://*.example.org`` means every host below. Raises PartnerError for the rest.
    """
    origins = dict.fromkeys(origin for text in texts for origin in _parse(text.strip()))
    if not origins:
        raise PartnerError("A partner needs at least one site, such as example.org.", field="site")
    return tuple(origins)


def bad_site(texts: Iterable[str]) -> str:
    """The first text that names no site, ``""`` when all of them do."""
    for text in texts:
        try:
            _parse(text.strip())
        except PartnerError:
            return text
    return ""


def covers(sites: Iterable[str], origin: str) -> bool:
    """Whether a page of this origin may frame the widget, as browsers read ``frame-ancestors``.

    A wildcard is every host below, not the host itself; what may come by http may by https.
    """
    return any(_covers(site, origin) for site in sites)


def _covers(site: str, origin: str) -> bool:
    if site.startswith("http://") and origin.startswith("https://"):
        return _covers(site.replace("http", "https", 1), origin)
    scheme, wildcard, domain = site.partition("*")
    return origin.startswith(scheme) and origin.endswith(domain) if wildcard else origin == site


def _parse(text: str) -> list[str]:
    if len(text) > _MOST_CHARACTERS:
        raise _refusal(f"{text[:40]}...")
    if "://" in text:
        return [_origin(text)]
    host = _host(text, text)
    if "." not in host or _IPV4.fullmatch(host):
        raise _refusal(text)
    apex = host.removeprefix("www.")
    return [f"https://{apex}", f"https://www.{apex}"]


def _origin(text: str) -> str:
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError:
        raise _refusal(text) from None
    if parts.scheme not in _SCHEMES or port == 0 or _has_more_than_origin(parts):
        raise _refusal(text)
    wildcard = "*." if (parts.hostname or "").startswith("*.") else ""
    host = _host((parts.hostname or "").removeprefix("*."), text)
    if wildcard and ("." not in host or _IPV4.fullmatch(host)):
        raise _refusal(text)
    suffix = "" if port in {None, _SCHEMES[parts.scheme]} else f":{port}"
    return f"{parts.scheme}://{wildcard}{host}{suffix}"


def _has_more_than_origin(parts: SplitResult) -> bool:
    return bool("@" in parts.netloc or parts.path.strip("/") or parts.query or parts.fragment)


def _host(host: str, text: str) -> str:
    """The host in ASCII and lower case."""
    try:
        ascii_host = host.lower() if host.isascii() else idna.encode(host, uts46=True).decode()
    except idna.IDNAError:
        raise _refusal(text) from None
    if len(ascii_host) > 253 or not _HOST.fullmatch(ascii_host):
        raise _refusal(text)
    return ascii_host


def _refusal(text: str) -> PartnerError:
    return PartnerError(
        f"{text!r} is not a site. Write example.org, or an origin without a path: "
        "https://news.example.org, http://localhost:3000, https://*.example.org.",
        field="site",
    )
