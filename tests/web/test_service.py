"""Which campaigns an installation offers, and which of them first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from widget_server.settings import Settings
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """By default not the campaign whose slug comes first."""
    return replace(settings, default_campaign="school-taps")


async def test_the_default_campaign_is_offered_first(service: Service) -> None:
    first, *others = service.running(service.clock())
    assert first.slug == "school-taps"
    assert "hketo" in {campaign.slug for campaign in others}


async def test_what_has_ended_is_not_offered(service: Service) -> None:
    later = datetime(2027, 1, 4, tzinfo=UTC)
    assert "hketo" not in {campaign.slug for campaign in service.running(later)}
