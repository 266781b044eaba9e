"""A page's content security policy in; whether it lets our script and our frame in, out.

As browsers read it (Content Security Policy Level 3): of several policies each must allow, a
directive that is not there falls back to a wider one, and what is not named at all is allowed.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

SCRIPT = ("script-src-elem", "script-src", "default-src")
FRAME = ("frame-src", "child-src", "default-src")

_PORTS = {"http": 80, "https": 443, "ws": 80, "wss": 443}
_HOST_SOURCE = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*)://)?(?P<host>\*|(?:\*\.)?[a-z0-9_.-]+|\[[0-9a-f:.]+\])"
    r"(?::(?P<port>\d+|\*))?(?P<path>/.*)?",
    re.IGNORECASE,
)
_HASH = re.compile(r"'(sha(?:256|384|512)-[\w+/=-]+)'", re.IGNORECASE)

Policy = Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Policies:
    """All the policies of one page, which came from ``page``."""

    each: tuple[Policy, ...]
    page: str

    @classmethod
    def read(cls, headers: Iterable[str], metas: Iterable[str], page: str) -> "Policies":
        """The policies in headers, of which one may hold several, and in the page."""
        texts = [*(part for header in headers for part in header.split(",")), *metas]
        parsed = (_parse(text) for text in texts)
        return cls(tuple(policy for policy in parsed if policy), page)

    def allows_script(self, src: str, nonce: str = "", integrity: str = "") -> bool:
        """Whether a script element with these attributes is run."""
        return all(
            _allows_script(_sources(policy, SCRIPT), src, nonce, integrity, self.page)
            and _runs_scripts(policy)
            for policy in self.each
        )

    def allows_frame(self, src: str) -> bool:
        """Whether a frame with this address is loaded."""
        return all(_allows(_sources(policy, FRAME), src, self.page) for policy in self.each)


def _parse(text: str) -> Policy:
    """The directives; of one that is written twice the first counts."""
    policy: dict[str, Sequence[str]] = {}
    for directive in text.split(";"):
        name, *values = directive.split() or [""]
        if name:
            policy.setdefault(name.lower(), values)
    return policy


def _sources(policy: Policy, names: Sequence[str]) -> Sequence[str] | None:
    """What the first of these directives lists; None where none of them is there."""
    return next((policy[name] for name in names if name in policy), None)


def _runs_scripts(policy: Policy) -> bool:
    return "sandbox" not in policy or "allow-scripts" in map(str.lower, policy["sandbox"])


def _allows_script(
    sources: Sequence[str] | None, src: str, nonce: str, integrity: str, page: str
) -> bool:
    if sources is None or (nonce and f"'nonce-{nonce}'" in sources):
        return True
    hashes = {match[1] for source in sources if (match := _HASH.fullmatch(source))}
    if integrity and hashes.issuperset(integrity.split()):
        return True
    # Then no host is looked at: only what carries a nonce or a hash is run.
    trusts_nonces_only = "'strict-dynamic'" in map(str.lower, sources)
    return not trusts_nonces_only and _allows(sources, src, page)


def _allows(sources: Sequence[str] | None, url: str, page: str) -> bool:
    wanted = urlsplit(url)
    return sources is None or any(_matches(source, wanted, urlsplit(page)) for source in sources)


def _matches(source: str, url: SplitResult, page: SplitResult) -> bool:
    if source.lower() == "'self'":
        return _origin(url) == _origin(page)
    if source == "*":
        return url.scheme in _PORTS
    if re.fullmatch(r"[a-z][a-z0-9+.-]*:", source, re.IGNORECASE):
        return _fits_scheme(source[:-1].lower(), url.scheme)
    match = _HOST_SOURCE.fullmatch(source)
    return match is not None and _matches_host(match.groupdict(), url, page)


def _matches_host(source: Mapping[str, str | None], url: SplitResult, page: SplitResult) -> bool:
    scheme = (source["scheme"] or page.scheme).lower()
    host, path = (source["host"] or "").lower(), source["path"] or ""
    known = (url.hostname or "").lower()
    fits_host = known.endswith(host[1:]) if host.startswith("*") else known == host.strip("[]")
    fits_path = url.path.startswith(path) if path.endswith("/") else path in ("", url.path)
    return (
        _fits_scheme(scheme, url.scheme)
        and fits_host
        and _fits_port(source["port"], scheme, url)
        and fits_path
    )


def _fits_scheme(allowed: str, scheme: str) -> bool:
    """What may come by http may by https."""
    return scheme == allowed or (allowed, scheme) == ("http", "https")


def _fits_port(port: str | None, scheme: str, url: SplitResult) -> bool:
    if port == "*":
        return True
    own = _port(url)
    return own == (int(port) if port else _PORTS.get(url.scheme)) or (
        port == "80" and (scheme, own) == ("http", 443)
    )


def _origin(url: SplitResult) -> tuple[str, str | None, int | None]:
    return url.scheme, url.hostname, _port(url)


def _port(url: SplitResult) -> int | None:
    return url.port or _PORTS.get(url.scheme)
