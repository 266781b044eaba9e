"""Where the widget may stand and where it was seen: the partner's row and sightings in."""

from dataclasses import dataclass
from datetime import date

from ...store import placements
from ...store.placements import Origin
from ...store.sites import covers
from ..numbers import today_of
from .desk import Desk


@dataclass(frozen=True, slots=True)
class Place:
    """A registered site, and where below it pages showed the widget, the last first."""

    site: str
    seen: tuple[Origin, ...]

    @property
    def since(self) -> date:
        """The day on which it was first seen."""
        return min(origin.first_day for origin in self.seen)

    @property
    def last(self) -> date:
        """The day on which it was last seen."""
        return max(origin.last_day for origin in self.seen)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """Every site of the partner, and the origins that asked and were refused."""

    places: tuple[Place, ...]
    refused: tuple[Origin, ...]
    today: date


def read(desk: Desk) -> Whereabouts:
    """What is known now. A site that was refused once and is allowed by now is not refused."""
    sites = desk.partner.sites
    with desk.service.store.read() as connection:
        origins = placements.seen(connection, desk.partner.slug)
    seen = [origin for origin in origins if not origin.refused]
    places = (
        Place(site, tuple(origin for origin in seen if covers([site], origin.origin)))
        for site in sites
    )
    refused = (each for each in origins if each.refused and not covers(sites, each.origin))
    today = today_of(desk.service.campaigns, None, desk.service.clock())
    return Whereabouts(tuple(places), tuple(refused), today)
