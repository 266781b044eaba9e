"""How a page was asked to look."""

from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request

from ..campaigns import Campaign
from .accent import accent_css, parse_colour
from .strings import match_language


@dataclass(frozen=True, slots=True)
class Look:
    """Language tag, theme (``auto``, ``light``, ``dark``), and the accent as CSS.

    ``query`` hands it on to the next step; ``invented`` says that the accent came with the
    request, so that anybody can ask for any number of them.
    """

    language: str
    theme: str
    accent: str
    query: str
    invented: bool

    @classmethod
    def of(cls, request: Request, campaign: Campaign) -> "Look":
        """Read it from the query; what is unknown there is ignored."""
        asked = request.query_params
        language = match_language(asked.get("lang"), campaign.languages, campaign.default_language)
        theme = asked.get("theme", "")
        theme = theme if theme in {"light", "dark"} else "auto"
        own = parse_colour(asked.get("accent"))
        colour = own or parse_colour(campaign.accent)
        query = {"lang": language, "theme": theme}
        if own:
            query["accent"] = "{:02x}{:02x}{:02x}".format(*own)
        return cls(
            language=language,
            theme=theme,
            accent=accent_css(colour, theme) if colour else "",
            query="?" + urlencode(query),
            invented=own is not None,
        )
