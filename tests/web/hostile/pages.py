"""A page in; what a strict policy has to know of it, out."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from widget_server import assets

#: Where an address stands, and what it may lead to.
ADDRESSES = frozenset({"href", "src", "action", "formaction", "cite", "poster", "data"})
SCHEMES = re.compile(
    r"(?:https?:|mailto:|tel:|data:image/svg\+xml,|data:,)|(?![a-z][a-z0-9+.-]*:)", re.I
)


@dataclass
class Read:
    """The inline styles and scripts of a page, where it links to, and what no page of ours has."""

    styles: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def read(html: str) -> Read:
    """Read a page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.found


def policy_faults(html: str, headers: Mapping[str, str]) -> list[str]:
    """What is wrong with the policy of a page, and with the page under it."""
    policy = _directives(headers.get("content-security-policy", ""))
    found = read(html)
    faults = list(found.faults)
    if policy.get("default-src") != ["'none'"]:
        faults.append("default-src is not 'none'")
    faults += [
        f"{name} is missing"
        for name in ("base-uri", "form-action", "frame-ancestors")
        if name not in policy
    ]
    sources = [source for each in policy.values() for source in each]
    faults += [
        f"{source} is loose"
        for source in sources
        if "unsafe" in source or source in {"*", "https:", "http:"}
    ]
    for directive, texts in (("style-src", found.styles), ("script-src", found.scripts)):
        allowed = {source for source in policy.get(directive, []) if source.startswith("'sha256-")}
        if allowed != {f"'{assets.digest(text)}'" for text in texts}:
            faults.append(f"{directive} is not exactly what is inline")
    return faults


def _directives(policy: str) -> dict[str, list[str]]:
    parts = [part.split() for part in policy.split(";")]
    return {name: sources for name, *sources in filter(None, parts)}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found = Read()
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self._inside = tag if tag in {"style", "script"} and "src" not in named else ""
        if self._inside == "script" and named.get("type", "") not in {"", "module"}:
            self._inside = ""  # data
        for name, value in attrs:
            if name.startswith("on") or name == "style" or name == "srcdoc":
                self.found.faults.append(f"<{tag} {name}>")
            if name == "href" and value:
                self.found.links.append(value)
            if name in ADDRESSES and not SCHEMES.match((value or "").strip()):
                self.found.faults.append(f"<{tag} {name}={value!r}>")

    def handle_data(self, data: str) -> None:
        if self._inside == "style":
            self.found.styles.append(data)
        elif self._inside == "script":
            self.found.scripts.append(data)

    def handle_endtag(self, tag: str) -> None:
        self._inside = ""
