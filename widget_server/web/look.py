"""How a page was asked to look."""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlencode

from starlette.datastructures import QueryParams
from starlette.requests import Request

from .. import assets
from ..campaigns import Campaign
from .accent import Colour, accent_css, parse_colour
from .strings import match_language

#: What a label of a placement is made of.
SOURCE = re.compile(r"[a-z0-9-]{1,24}")
#: A query that thousands send, and that says nothing of any of them.
_USUAL = re.compile(rb"(?:(?:lang=[A-Za-z-]{2,7}|theme=[a-z]{4,5}|accent=[\da-f]{6})&?)*")


@dataclass(frozen=True, slots=True)
class Look:
    """Language tag, theme (``auto``, ``light``, ``dark``) and accent.

    ``asked_accent`` is the one that came with the request: anybody can ask for any number of
    them. ``accent`` is that one or the campaign's own. ``source`` is the partner's label of the
    placement, as it was asked: see ``Service.look``.
    """

    language: str
    theme: str
    accent: Colour | None
    asked_accent: Colour | None
    source: str = ""

    @classmethod
    def of(cls, request: Request, campaign: Campaign) -> "Look":
        """Read it from the query; what is unknown there is ignored."""
        query = request.scope["query_string"]
        read = _remembered if _USUAL.fullmatch(query) else _read
        return read(query, campaign.languages, campaign.accent)

    @property
    def query(self) -> str:
        """What hands this look on to the next step."""
        query = {"lang": self.language, "theme": self.theme}
        if self.asked_accent:
            query["accent"] = "{:02x}{:02x}{:02x}".format(*self.asked_accent)
        if self.source:
            query["source"] = self.source
        return "?" + urlencode(query)

    @property
    def css(self) -> str:
        """The one stylesheet of a page."""
        light = assets.source("light.css") + assets.source("widget.css") + self._accent_css("light")
        dark = assets.source("dark.css") + self._accent_css("dark")
        if self.theme == "auto":
            dark = f"@media(prefers-color-scheme:dark){{{dark}}}"
        return light if self.theme == "light" else light + dark

    def _accent_css(self, theme: str) -> str:
        return accent_css(self.accent, theme) if self.accent else ""


def _read(query: bytes, languages: tuple[str, ...], accent: str) -> Look:
    asked = QueryParams(query)
    theme, asked_accent = asked.get("theme", ""), parse_colour(asked.get("accent"))
    source = asked.get("source", "")
    return Look(
        language=match_language(asked.get("lang"), languages, languages[0]),
        theme=theme if theme in {"light", "dark"} else "auto",
        accent=asked_accent or parse_colour(accent),
        asked_accent=asked_accent,
        source=source if SOURCE.fullmatch(source) else "",
    )


_remembered = lru_cache(maxsize=256)(_read)
