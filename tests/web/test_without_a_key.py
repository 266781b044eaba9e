"""A campaign that nobody could open envelopes of: three steps, and no personal data."""

import httpx
import pytest
from sqlalchemy import select

from tests.web.conftest import Widget
from widget_server.seal import KeyPair, generate_key_pair
from widget_server.settings import Settings
from widget_server.store.schema import submissions
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


@pytest.fixture(params=["", "damaged\n"], ids=["none", "damaged"])
def key_pair(settings: Settings, request: pytest.FixtureRequest) -> KeyPair:
    """The campaign has no key that could be used."""
    settings.keys.mkdir(mode=0o700, exist_ok=True)
    if request.param:
        (settings.keys / "sealing-hketo.keys").write_text(request.param)
    return generate_key_pair()


async def test_its_form_asks_for_no_name_and_no_address(
    client: httpx.AsyncClient, token: str
) -> None:
    page = (await client.post(f"/w/{token}/find", data={"zip": "94110"})).text
    assert 'name="anonymous"' in page
    assert 'name="email"' not in page
    assert 'name="name"' not in page


async def test_its_three_steps_are_done_and_counted(widget: Widget, service: Service) -> None:
    found = await widget.found()
    legislator = found["legislators"][0]["id"]
    acted = await widget.post("act", visit=found["visit"], kind="tweet", legislator=legislator)
    counted = await widget.post("submit", visit=found["visit"], anonymous="yes")
    assert (acted.status_code, counted.status_code) == (204, 201)


async def test_details_that_come_anyway_are_not_taken(widget: Widget, service: Service) -> None:
    visit = (await widget.found())["visit"]
    answer = await widget.post("submit", visit=visit, email="ana@example.org", updates="yes")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "no_campaign_key")
    with service.store.read() as rows:
        assert rows.execute(select(submissions)).all() == []
