"""A place that somebody sent in, who speaks for it out."""

from collections.abc import Mapping

from ..errors import InputError
from ..find.address import Address
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


async def who_speaks_for(service: Service, fields: Mapping[str, str]) -> Answer:
    """The answer for ``street city state zip``, or for ``zip`` alone; ``district`` is a choice.

    Raises InputError when no place was sent.
    """
    now = service.clock()
    zip_text = fields.get("zip", "")
    district = fields.get("district") or None
    if names_address(fields):
        address = Address.parse(*(fields.get(name, "") for name in ADDRESS_FIELDS))
        outcome = await service.geocoder.locate(address, now)
        return service.roster.located(outcome, address, now, district)
    if not zip_text.strip():
        raise InputError({"zip": "missing"})
    return service.roster.lookup(zip_text, now, district)
