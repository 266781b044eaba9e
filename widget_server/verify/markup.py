"""The HTML of a page in; the parts of it that matter to the widget out. No script is run."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Literal
from urllib.parse import parse_qs, urljoin, urlsplit

Variant = Literal["element", "div", "script", "frame", "link"]

Attributes = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Snippet:
    """One widget on the page: in which form, and with which token."""

    variant: Variant
    token: str
    attributes: Attributes


@dataclass(frozen=True, slots=True)
class Script:
    """A script of ours. ``integrity`` and ``nonce`` are as the page has them, ``""`` without."""

    src: str
    integrity: str
    nonce: str
    has_cors: bool


@dataclass
class Markup:
    """What stands in the page. ``policies`` are those in ``<meta>``."""

    snippets: list[Snippet] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    policies: list[str] = field(default_factory=list)

    @classmethod
    def read(cls, html: str, url: str) -> "Markup":
        """The page that came from ``url``; whatever is malformed is passed over."""
        reader = _Reader(url)
        reader.feed(html)
        reader.close()
        return reader.found

    @property
    def widgets(self) -> list[Snippet]:
        """The snippets, but for the links: those stand inside the others."""
        return [each for each in self.snippets if each.variant != "link"]


class _Reader(HTMLParser):
    def __init__(self, url: str) -> None:
        super().__init__()
        self.found = Markup()
        self._url = url

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in reversed(attrs)}
        match tag:
            case "three-steps" if "token" in attributes:
                self._add("element", attributes["token"], attributes)
            case "script":
                self._script(attributes)
            case "iframe":
                self._address("frame", "/w/", attributes.get("src", ""), attributes)
            case "a":
                self._address("link", "/c/", attributes.get("href", ""), attributes)
            case "meta" if attributes.get("http-equiv", "").lower() == "content-security-policy":
                self.found.policies.append(attributes.get("content", ""))
        if tag != "three-steps" and "data-three-steps" in attributes:
            self._add("div", attributes["data-three-steps"], attributes)

    def _add(self, variant: Variant, token: str, attributes: Attributes) -> None:
        self.found.snippets.append(Snippet(variant, token.strip(), attributes))

    def _script(self, attributes: Attributes) -> None:
        src = self._absolute(attributes.get("src", ""))
        if not urlsplit(src).path.rpartition("/")[2].startswith("embed"):
            return
        self.found.scripts.append(
            Script(
                src=src,
                integrity=attributes.get("integrity", "").strip(),
                nonce=attributes.get("nonce", ""),
                has_cors="crossorigin" in attributes,
            )
        )
        if "data-token" in attributes:
            self._add("script", attributes["data-token"], attributes)

    def _address(self, variant: Variant, path: str, address: str, attributes: Attributes) -> None:
        """A frame or a link that leads to a service like ours."""
        parts = urlsplit(self._absolute(address))
        before, found, rest = parts.path.partition(path)
        if before or not found:
            return
        if variant == "frame":
            self._add("frame", rest.strip("/"), {**attributes, "src": parts.geturl()})
        elif token := parse_qs(parts.query).get("t"):
            self._add("link", token[0], {**attributes, "href": parts.geturl()})

    def _absolute(self, address: str) -> str:
        try:
            return urljoin(self._url, address.strip())
        except ValueError:
            return ""
