"""The made-up partners: who they are, and how much of the visits each brings."""

from typing import NamedTuple


class Site(NamedTuple):
    """A partner-to-be; of 100 visits ``share`` come from there, through one of the ``labels``."""

    name: str
    origin: str
    share: int
    labels: tuple[str, ...] = ("",)


#: The first is the one whose site the demo shows; its origin follows the port.
SITES = (
    Site("Harbor Voices", "", 34, ("article", "footer", "newsletter", "")),
    Site("Lantern Coalition", "https://lantern.example", 22, ("newsletter", "")),
    Site("Neighbors for a Free Press", "https://neighbors.example", 16),
    Site("Golden Gate Reading Circle", "https://reading.example", 11, ("events", "")),
    Site("Students for Open Archives", "https://archives.example", 7),
    Site("Maple Street Books", "https://maplestreet.example", 4),
)
#: Who opens the campaign's own page was brought by nobody.
NOBODYS_SHARE = 6

#: Where somebody else has put the first partner's snippet.
STRANGER = "https://harbor-voices-mirror.example"

#: How much likelier than elsewhere somebody comes from these states.
KEEN = {
    "CA": 2.6,
    "NY": 2.3,
    "WA": 2.0,
    "MA": 1.9,
    "MD": 1.7,
    "NJ": 1.7,
    "VA": 1.6,
    "TX": 1.4,
    "IL": 1.3,
    "HI": 1.2,
    "WY": 0.6,
    "MS": 0.3,
    "WV": 0.3,
    "GU": 0.3,
    "MP": 0.1,
    "AS": 0.1,
    "VI": 0.1,
}
