"""The facts of a running service: warnings, and a sync that it sees."""

import asyncio
import shutil
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.find.upstream import edit_people, entry, without, write_upstream
from tests.web.conftest import NOW, Widget
from widget_server.find.sync.renew import renew
from widget_server.find.tables import read_tables
from widget_server.model import Partner
from widget_server.tokens import Grant
from widget_server.web.daily import DailySync
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

DECEMBER = datetime(2026, 12, 1, 12, tzinfo=UTC)
ENDS = "end with the 119th Congress at noon Eastern on 2027-01-03"


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Upstream files in which one phone number is new."""
    folder = tmp_path_factory.mktemp("full")
    write_upstream(read_tables(), folder)
    edit_people(folder, lambda people: entry(people, "P000197")["terms"][-1].update(phone="202-1"))
    return folder


def at(service: Service, now: datetime) -> None:
    service.settings = replace(service.settings, now=now)


async def warnings(client: httpx.AsyncClient) -> str:
    answer = await client.get("/readyz")
    assert answer.status_code == 200
    return "\n".join(answer.json()["warnings"])


async def test_in_november_there_is_nothing_to_warn_of(client: httpx.AsyncClient) -> None:
    assert "facts" not in await warnings(client)


async def test_from_december_on_it_is_ready_and_warns(
    client: httpx.AsyncClient, service: Service
) -> None:
    at(service, DECEMBER)
    assert ENDS in await warnings(client)


async def test_from_december_on_the_partners_page_says_so(
    client: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    at(service, DECEMBER)
    link = service.tokens.link(Grant(partner.slug, partner.session_generation))
    page = await client.get(f"/partner?link={link}", follow_redirects=True)
    assert ENDS in page.text


async def test_a_sync_is_seen_when_the_service_looks(
    service: Service, widget: Widget, full: Path
) -> None:
    before = await widget.found("94110")
    renew(service.settings.home, NOW, str(full))
    service.refresh()
    after = await widget.found("94110")
    phones = [[person["phone"] for person in each["legislators"]] for each in (before, after)]
    assert phones[0] != phones[1]
    assert "202-1" in phones[1]


async def test_without_a_sync_the_service_keeps_what_it_has(service: Service) -> None:
    service.refresh()
    roster = service.roster
    service.refresh()
    assert service.roster is roster


async def test_the_daily_sync_makes_a_new_version(service: Service, full: Path) -> None:
    daily = DailySync(replace(service.settings, roster_from=str(full)))
    await daily.sync()
    service.refresh()
    assert (daily.fault, service.roster.synced_at) == (None, NOW)


async def test_a_daily_sync_that_fails_is_a_warning(
    service: Service, client: httpx.AsyncClient, tmp_path: Path
) -> None:
    service.daily_sync.settings = replace(service.settings, roster_from=str(tmp_path / "nothing"))
    await service.daily_sync.sync()
    assert "The daily sync of the roster failed: legislators-current.json" in await warnings(client)


async def test_after_a_good_sync_the_warning_is_gone(
    service: Service, client: httpx.AsyncClient, full: Path
) -> None:
    service.daily_sync.fault = "The daily sync of the roster failed: nobody answered."
    service.daily_sync.settings = replace(service.settings, roster_from=str(full))
    await service.daily_sync.sync()
    assert "daily sync" not in await warnings(client)


async def test_what_a_good_sync_said_is_shown(
    service: Service, client: httpx.AsyncClient, full: Path, tmp_path: Path
) -> None:
    shutil.copytree(full, tmp_path / "fewer")
    edit_people(tmp_path / "fewer", lambda people: without(people, "P000197"))
    roster_from = str(tmp_path / "fewer")
    service.daily_sync.settings = replace(service.settings, roster_from=roster_from)
    await service.daily_sync.sync()
    assert (
        "The last daily sync: CA-11: Nancy Pelosi left, and the seat is vacant."
        in await warnings(client)
    )


async def test_whatever_happens_is_said_and_tried_again(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    daily = DailySync(replace(service.settings, roster_from="no\0folder"))
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await daily.run(None)
    assert daily.fault == "The daily sync of the roster failed: ValueError: embedded null byte"
    assert daily.fault in caplog.text


async def test_the_daily_sync_waits_for_its_day(service: Service, full: Path) -> None:
    daily = DailySync(replace(service.settings, roster_from=str(full)))
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await daily.run(NOW)
    assert not (service.settings.home / "roster").exists()


async def test_a_daily_sync_ends_with_the_service(service: Service, full: Path) -> None:
    daily = DailySync(replace(service.settings, roster_from=str(full)))
    with suppress(TimeoutError):
        async with asyncio.timeout(0.2):
            await daily.run(None)
    service.refresh()
    assert service.roster.synced_at is None
