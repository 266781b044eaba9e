"""A campaign that was closed while the service runs."""

from datetime import UTC, datetime

import httpx
import pytest

from tests.web.conftest import Widget
from widget_server.store import closures
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

NOW = datetime(2026, 11, 22, tzinfo=UTC)


def close(service: Service) -> None:
    service.store.write(lambda rows: closures.close(rows, "hketo", NOW)).result()


async def refused(widget: Widget, **fields: str) -> tuple[int, str]:
    """How a submission is answered."""
    visit = (await widget.found())["visit"]
    answer = await widget.post("submit", visit=visit, **fields)
    return answer.status_code, answer.json()["error"]["code"]


async def test_it_takes_nobody_at_once(widget: Widget, service: Service) -> None:
    close(service)
    assert await refused(widget, anonymous="yes") == (410, "campaign_ended")
    assert await refused(widget, email="ana@example.org") == (410, "campaign_ended")


async def test_its_view_says_so_once_the_service_has_looked(
    client: httpx.AsyncClient, token: str, service: Service
) -> None:
    close(service)
    service.refresh()
    assert "This campaign has ended" in (await client.get(f"/w/{token}")).text


@pytest.fixture
async def indexed(widget: Widget, service: Service) -> None:
    """Somebody was indexed, and the service has not heard of the end yet."""
    visit = (await widget.found())["visit"]
    await widget.post("submit", visit=visit, email="ana@example.org")
    close(service)


def is_kept(service: Service) -> bool:
    """Whether the key of the index is on the disk."""
    return (service.keyring.folder / "index-hketo.keys").exists()


@pytest.mark.usefixtures("indexed")
async def test_the_key_of_its_index_is_destroyed_on_this_machine_too(service: Service) -> None:
    assert is_kept(service)
    service.refresh()
    assert not is_kept(service)
    assert not service.keyring.has_index_key("hketo")


@pytest.mark.usefixtures("indexed")
async def test_after_that_it_is_closed_and_not_out_of_order(
    widget: Widget, service: Service
) -> None:
    service.refresh()
    assert service.lost_indexes == frozenset()
    assert await refused(widget, email="ana@example.org") == (410, "campaign_ended")
    assert not is_kept(service)
