"""Where a campaign rounds its numbers, no partner finds an exact one anywhere."""

import json
import shutil
from datetime import date
from pathlib import Path

import httpx
import pytest

from widget_server.campaigns import Campaigns, shipped_campaigns
from widget_server.model import COUNT_KINDS, Partner
from widget_server.store import tallies
from widget_server.store.tallies import TallyKey
from widget_server.store.webhooks import Webhook
from widget_server.tokens import Grant
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

TODAY = date(2026, 11, 22)
#: No rounded number has these digits in it.
EXACT, SEEN = 7_777, 7_770


@pytest.fixture
def signed_in(
    signed_in: httpx.AsyncClient, service: Service, partner: Partner, tmp_path: Path
) -> httpx.AsyncClient:
    """A browser of a partner whose campaign shows no exact numbers."""
    own = tmp_path / "discreet" / "hketo"
    shutil.copytree(shipped_campaigns() / "hketo", own)
    file = own / "campaign.toml"
    file.write_text(file.read_text().replace("host_events", "count_floor = 10\nhost_events"))
    service.campaigns = Campaigns.load([own.parent])
    every = [TallyKey("hketo", partner.slug, TODAY, kind, "footer") for kind in COUNT_KINDS]
    held = TallyKey("hketo", partner.slug, TODAY, "held")
    counts = dict.fromkeys([*every, held], EXACT)
    service.store.write(lambda rows: tallies.add(rows, counts)).result()
    return signed_in


@pytest.mark.parametrize(
    "address", ["/partner", "/partner/live", "/partner/counts.csv", "/partner/sources.csv"]
)
async def test_pages_and_files_have_rounded_numbers(
    signed_in: httpx.AsyncClient, address: str
) -> None:
    text = (await signed_in.get(address)).text.replace(",", "")
    assert str(SEEN) in text
    assert str(EXACT) not in text


async def test_programs_get_rounded_numbers(
    signed_in: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    key = service.tokens.api_key(Grant(partner.slug, partner.api_generation))
    bearer = {"Authorization": f"Bearer {key}"}
    found = (await signed_in.get("/api/v1/counts", headers=bearer)).json()
    assert (found["totals"]["submitted"], found["held"]) == (SEEN, SEEN)
    assert str(EXACT) not in json.dumps(found)


@pytest.mark.usefixtures("signed_in")
async def test_webhooks_carry_rounded_numbers(service: Service, partner: Partner) -> None:
    now = service.clock()
    webhook = Webhook(partner.slug, "https://a.example/", "secret", "daily", now, 0, None, "")
    body = service.webhooks._body(webhook, "id", now)
    assert json.loads(body)["totals"]["supporters"] == SEEN
    assert str(EXACT).encode() not in body
