"""Where widgets stand: the request of a frame in; which site asked, noted once a day, out.

Of the page around the frame only its origin is looked at, and of the visitor nothing.
"""

from collections import Counter
from datetime import date, datetime

from starlette.types import Scope

from ..campaigns import Campaign
from ..errors import PartnerError
from ..model import Partner
from ..store.pending import Pending
from ..store.placements import MOST_ORIGINS, Sighting
from ..store.sites import covers, parse_sites

LONGEST_ORIGIN = 255


class Sightings:
    """What was seen already, so that a busy page is one look and no work.

    More than ``MOST_ORIGINS`` sites a day, allowed or refused, are not noted of a partner: a
    request can name any.
    """

    def __init__(self, pending: Pending, own_origin: str) -> None:
        self._pending = pending
        self._own = own_origin.encode()
        self._day: date | None = None
        self._seen: set[tuple[str, bytes]] = set()
        self._noted: Counter[tuple[str, bool]] = Counter()

    def note(
        self, scope: Scope, partner: Partner | None, campaign: Campaign, now: datetime
    ) -> None:
        """Note the site whose page framed this partner's widget."""
        headers = dict(scope["headers"])
        if partner is None or headers.get(b"sec-fetch-dest") != b"iframe":
            return
        origin = b"/".join(headers.get(b"referer", b"").split(b"/", 3)[:3])
        day = campaign.day(now)
        if day != self._day:
            self._begin(day)
        if origin and (partner.slug, origin) not in self._seen:
            self._look(partner, origin, day)

    def _begin(self, day: date) -> None:
        self._day = day
        self._seen.clear()
        self._noted.clear()

    def _look(self, partner: Partner, origin: bytes, day: date) -> None:
        site = _site(origin)
        if not site or origin == self._own:
            return
        refused = not covers(partner.sites, site)
        if self._noted[partner.slug, refused] >= MOST_ORIGINS:
            return
        self._noted[partner.slug, refused] += 1
        self._seen.add((partner.slug, origin))
        self._pending.seen(Sighting(partner.slug, site, refused, day))


def _site(origin: bytes) -> str:
    """The origin as sites are spelt; ``""`` for what is none."""
    try:
        text = origin.decode("ascii")
        (site,) = parse_sites([text]) if "://" in text and "*" not in text else ("",)
    except (UnicodeDecodeError, PartnerError):
        return ""
    return site if len(site) <= LONGEST_ORIGIN else ""
