"""A place that somebody sent in, who speaks for it out."""

from collections.abc import Mapping
from datetime import datetime

from ..campaigns import Campaign, Fixed
from ..errors import InputError
from ..find.address import Address
from ..find.congress import congress_at
from ..model import Answer
from .service import Service

ADDRESS_FIELDS = ("street", "city", "state", "zip")


def names_address(fields: Mapping[str, str]) -> bool:
    """Whether these fields ask about an address and not about a ZIP alone."""
    return bool(fields.get("street", "").strip())


def query_of(fields: Mapping[str, str]) -> str:
    """The place as it was asked about, on one line."""
    if not names_address(fields):
        return fields.get("zip", "")
    return ", ".join(filter(None, (fields.get(name, "").strip() for name in ADDRESS_FIELDS)))


def targets_of(fixed: Fixed, now: datetime) -> Answer:
    """The answer to everybody who says that they live in the campaign's place."""
    return Answer("found", congress_at(now), fixed.as_of, legislators=fixed.people)


async def who_speaks_for(service: Service, campaign: Campaign, fields: Mapping[str, str]) -> Answer:
    """The answer for ``street city state zip``, or for ``zip`` alone; ``district`` is a choice.

    A campaign with targets of its own asks for no place. Raises InputError when one was needed.
    """
    now = service.clock()
    if campaign.fixed:
        return targets_of(campaign.fixed, now)
    zip_text = fields.get("zip", "")
    district = fields.get("district") or None
    if names_address(fields):
        address = Address.parse(*(fields.get(name, "") for name in ADDRESS_FIELDS))
        outcome = await service.geocoder.locate(address, now)
        return service.roster.located(outcome, address, now, district)
    if not zip_text.strip():
        raise InputError({"zip": "missing"})
    return service.roster.lookup(zip_text, now, district)
