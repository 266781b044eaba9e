"""What is done to partners, each with its line in the audit: both are written, or neither is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from ..model import Partner
from . import audit, partners

ORGANISER = "organiser"
COMMAND = "command"


@dataclass(frozen=True, slots=True)
class Changes:
    """What ``who`` does at this instant, in the caller's transaction; each gives the new row.

    They raise what the functions of ``partners`` raise.
    """

    connection: Connection
    who: str
    at: datetime

    def add(self, name: str, sites: Iterable[str]) -> Partner:
        """A new partner."""
        partner = partners.add(self.connection, name, sites, self.at)
        return self._noted("partner added", partner, sites=" ".join(partner.sites))

    def set_sites(self, slug: str, sites: Iterable[str]) -> Partner:
        """Replace the sites on which the widget may stand."""
        partner = partners.set_sites(self.connection, slug, sites)
        return self._noted("sites changed", partner, sites=" ".join(partner.sites))

    def rotate(self, slug: str) -> Partner:
        """A new snippet; the old ones count until they are revoked."""
        return self._noted("snippet renewed", partners.rotate(self.connection, slug))

    def revoke(self, slug: str, *, everything: bool = False) -> Partner:
        """End the snippets of before the last rotation, or all of them."""
        partner = partners.revoke(self.connection, slug, everything=everything)
        ended = "every snippet" if partner.is_revoked else "old snippets"
        return self._noted(f"{ended} revoked", partner)

    def end_sessions(self, slug: str) -> Partner:
        """Sign everybody out, and end the links that are about."""
        return self._noted("sessions ended", partners.end_sessions(self.connection, slug))

    def renew_api_key(self, slug: str) -> Partner:
        """End the API key; a new one takes its place."""
        return self._noted("API key renewed", partners.renew_api_key(self.connection, slug))

    def hand_out_link(self, slug: str) -> Partner:
        """Note that somebody was given a link which signs in as this partner."""
        return self._noted("link made", partners.get(self.connection, slug))

    def _noted(self, what: str, partner: Partner, **details: str) -> Partner:
        audit.note(self.connection, self.at, self.who, what, partner.slug, **details)
        return partner
