"""A campaign that is paused, won or over: its view, its answers, and nothing taken."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import httpx
import pytest

from tests.web.conftest import Widget
from widget_server.campaigns import State, shipped_campaigns
from widget_server.report import counts
from widget_server.seal import KeyPair
from widget_server.settings import Settings
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

TITLES = {
    "paused": "This campaign is paused",
    "won": "We did it. Thank you!",
    "ended": "This campaign has ended",
}
NEXT = {
    "paused": "mailto:hello@coalition.example.org",
    "won": "https://www.congress.gov/bill/119th-congress/house-bill/2661/all-actions",
    "ended": "https://www.congress.gov/bill/119th-congress/house-bill/2661/all-actions",
}
CLOSED = list(TITLES)


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    """With a campaign that can be declared paused, won or ended."""
    shelf = tmp_path / "shelf"
    shutil.copytree(shipped_campaigns() / "hketo", shelf / "hketo")
    return replace(settings, campaigns=shelf)


def declare(service: Service, state: str, more: str = "") -> None:
    """Write the state into the campaign's file, and have the service see it."""
    assert service.settings.campaigns
    file = service.settings.campaigns / "hketo" / "campaign.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('state = "live"', f'state = "{state}"\n{more}'), "utf-8")
    service.refresh()
    assert service.campaigns.problems == ()


@pytest.mark.parametrize("state", CLOSED)
async def test_the_first_view_says_what_is_so_and_what_comes_next(
    client: httpx.AsyncClient, token: str, service: Service, state: str
) -> None:
    declare(service, state)
    for address in (f"/w/{token}", "/c/hketo"):
        page = (await client.get(address)).text
        assert f'<h2 tabindex="-1">{TITLES[state]}</h2>' in page
        assert f'href="{NEXT[state]}"' in page
        assert '<ol class="steps">' not in page
        assert 'name="zip"' not in page


@pytest.mark.parametrize("state", CLOSED)
@pytest.mark.parametrize("headers", [{}, {"Threesteps-Fragment": "1"}])
async def test_who_asks_from_an_open_page_is_told_the_same(
    client: httpx.AsyncClient, token: str, service: Service, state: str, headers: dict[str, str]
) -> None:
    declare(service, state)
    answer = await client.post(f"/w/{token}/find", data={"zip": "94110"}, headers=headers)
    assert answer.status_code == 200
    assert TITLES[state] in answer.text
    assert 'class="card"' not in answer.text


@pytest.mark.parametrize("state", CLOSED)
async def test_a_program_gets_people_without_messages_and_the_state(
    widget: Widget, service: Service, state: str
) -> None:
    declare(service, state)
    found = await widget.found()
    assert found["campaign_state"] == state
    assert len(found["legislators"]) == 3
    assert [person["tweets"] + person["emails"] for person in found["legislators"]] == [[]] * 3


async def test_a_live_campaign_does_not_mention_its_state(widget: Widget) -> None:
    assert "campaign_state" not in await widget.found()


@pytest.mark.parametrize("state", CLOSED)
async def test_nothing_is_taken(
    widget: Widget, service: Service, key_pair: KeyPair, state: str
) -> None:
    visit = (await widget.found())["visit"]
    declare(service, state)
    answer = await widget.post("submit", visit=visit, email="ana@example.org", updates="yes")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (410, f"campaign_{state}")
    assert error["message"]
    with service.store.read() as rows:
        assert counts.read(rows).totals["submitted"] == 0


@pytest.mark.parametrize("state", CLOSED)
async def test_a_page_without_scripts_that_was_open_is_told_too(
    client: httpx.AsyncClient, widget: Widget, service: Service, state: str
) -> None:
    visit = (await widget.found())["visit"]
    declare(service, state)
    answer = await widget.post("submit", accept="text/html", visit=visit, anonymous="yes")
    assert answer.status_code == 410
    assert TITLES[state] in answer.text


async def test_a_paused_campaign_says_when_it_goes_on(
    client: httpx.AsyncClient, token: str, service: Service
) -> None:
    declare(service, "paused", "resumes = 2026-12-01")
    assert "It resumes on Dec 1, 2026." in (await client.get(f"/w/{token}")).text


async def test_a_won_campaign_is_shared_in_the_words_of_what_was_won(
    client: httpx.AsyncClient, token: str, service: Service
) -> None:
    declare(service, "won")
    page = (await client.get(f"/w/{token}?lang=es")).text
    assert "https://wa.me/?text=La%20Ley%20de%20Certificaci%C3%B3n%20de%20las%20HKETO%20ya" in page


async def test_a_browser_does_not_keep_the_view_of_another_state(
    client: httpx.AsyncClient, token: str, service: Service
) -> None:
    live = (await client.get(f"/w/{token}")).headers["etag"]
    service.settings = replace(service.settings, now=service.default_campaign.ends)
    ended = await client.get(f"/w/{token}", headers={"If-None-Match": live})
    assert (ended.status_code, TITLES["ended"] in ended.text) == (200, True)


@pytest.mark.parametrize(
    ("declared", "after"),
    [("live", "ended"), ("paused", "ended"), ("won", "won"), ("ended", "ended")],
)
async def test_the_end_ends_everything_but_a_success(
    service: Service, declared: State, after: State
) -> None:
    campaign = replace(service.default_campaign, declared=declared)
    assert campaign.state(campaign.starts) == declared
    assert campaign.state(campaign.ends) == after


async def test_a_day_in_a_file_is_a_day(service: Service) -> None:
    declare(service, "paused", "resumes = 2026-12-01")
    assert service.default_campaign.resumes == date(2026, 12, 1)
