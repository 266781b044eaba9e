"""Legislators for tests: the packaged roster, and one to alter."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from widget_server.campaigns import Campaign, Campaigns, shipped_campaigns
from widget_server.find.roster import Roster
from widget_server.model import Legislator

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVERYBODY = Roster.load().people(NOW)

REPRESENTATIVE = Legislator(
    id="X000001",
    role="representative",
    name="Ada Example",
    last_name="Example",
    state="CA",
    district="CA-11",
    party="Democrat",
    caucus=None,
    phone=None,
    website=None,
    contact_form=None,
    email=None,
    accounts={"x": "RepAdaExample"},
    start=date(2025, 1, 3),
    end=date(2027, 1, 3),
)


def legislator(**changes: Any) -> Legislator:
    """The representative, altered."""
    return replace(REPRESENTATIVE, **changes)


SENATOR = legislator(role="senator", district=None)
DELEGATE = legislator(role="delegate", state="DC", district="DC-0", accounts={})
SPONSOR = legislator(id="S000522")
COSPONSOR = legislator(id="M000312")


def hketo() -> Campaign:
    """The shipped campaign."""
    campaign = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert campaign
    return campaign
