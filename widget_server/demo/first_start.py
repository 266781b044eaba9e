"""The demo's home on its first start: an installation in; a second campaign and a past out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from ..campaigns import Campaign
from ..campaigns.skeleton import Start, write_skeleton
from ..find.congress import congress_at
from ..keys import Keyring
from ..model import Legislator, Partner
from ..store import audit, placements
from ..store.changes import ORGANISER, Changes
from ..store.placements import Sighting
from .month import DAYS, Month
from .sites import SITES, STRANGER

#: A campaign that keeps the district, so that there is a map; the packaged one does not.
SECOND, SECOND_TITLE = "open-libraries", "Keep our libraries open"
#: What makes it keep the district, in its facts and in what it tells visitors.
KEEPING = {
    "campaign.toml": ("keep_district = false", "keep_district = true"),
    "en.md": ("we store the day,", "we store the day, your district, your language,"),
    "zh-Hant.md": ("我們只儲存日期、", "我們只儲存日期、選區、語言、"),
    "es.md": ("guardamos el día,", "guardamos el día, su distrito, su idioma,"),
}


@dataclass(frozen=True, slots=True)
class Past:
    """What the demo has behind it when it starts for the first time.

    ``site`` is the origin on which the demo itself shows the first partner's page.
    """

    now: datetime
    site: str
    campaigns: Sequence[Campaign]
    people: Sequence[Legislator]
    keyring: Keyring

    def write(self, connection: Connection) -> Partner:
        """Partners, their visits and what was done for them; the first partner."""
        first_day = self.now - timedelta(days=DAYS + 2)
        origins = [self.site, *(site.origin for site in SITES[1:])]
        partners = [
            Changes(connection, ORGANISER, first_day + timedelta(hours=7 * index)).add(
                site.name, [origin]
            )
            for index, (site, origin) in enumerate(zip(SITES, origins, strict=True))
        ]
        self._look_after(connection, partners)
        self._stand(connection, partners, origins)
        Month(self.now, self.campaigns, partners, self.people, self.keyring).write(connection)
        return partners[0]

    def _look_after(self, connection: Connection, partners: Sequence[Partner]) -> None:
        """A few things that happened on the way."""
        harbor, lantern = partners[0].slug, partners[1].slug
        Changes(connection, ORGANISER, self.now - timedelta(days=26)).hand_out_link(harbor)
        Changes(connection, ORGANISER, self.now - timedelta(days=17)).hand_out_link(lantern)
        seen = self.now - timedelta(days=9)
        audit.note(connection, seen, lantern, "signed out everywhere", lantern)

    def _stand(
        self, connection: Connection, partners: Sequence[Partner], origins: Sequence[str]
    ) -> None:
        """Where the widget was seen, and where it was refused."""
        today = self.campaigns[0].day(self.now)
        for day in (today - timedelta(days=DAYS - 1), today):
            stood = zip(partners, origins, strict=True)
            seen = [Sighting(each.slug, origin, False, day) for each, origin in stood]
            placements.note_sightings(connection, seen)
        asked = Sighting(partners[0].slug, STRANGER, True, today - timedelta(days=4))
        placements.note_sightings(connection, [asked])


def write_second_campaign(parent: Path, now: datetime) -> None:
    """A campaign for libraries in ``parent``, unless it is there."""
    if (parent / SECOND).exists():
        return
    start = Start(now - timedelta(days=DAYS + 15), now + timedelta(days=120), congress_at(now))
    folder = write_skeleton(parent, SECOND, SECOND_TITLE, ("en", "zh-Hant", "es"), start)
    for name, (discreet, kept) in KEEPING.items():
        text = (folder / name).read_text("utf-8")
        (folder / name).write_text(text.replace(discreet, kept), "utf-8")
