"""The same numbers everywhere: on the page in three languages, while watching, in files."""

import csv
import io
import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import httpx
import pytest

from widget_server import assets
from widget_server.model import COUNT_KINDS, Partner
from widget_server.store import tallies
from widget_server.store.tallies import TallyKey
from widget_server.tokens import Grant
from widget_server.web.desk import LANGUAGES
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

TODAY = date(2026, 11, 22)
GUIDE = Path(__file__).parents[2] / "docs" / "partners.md"
STRINGS = assets.folder("templates") / "partner" / "strings"


def count(service: Service, keys: Iterable[TallyKey], number: int = 1) -> None:
    """Add to what visitors did."""
    counts = dict.fromkeys(keys, number)
    service.store.write(lambda rows: tallies.add(rows, counts)).result()


def key(kind: str, source: str = "", campaign: str = "hketo") -> TallyKey:
    return TallyKey(campaign, "harbor-voices", TODAY, kind, source)


def shown(page: str, kind: str) -> str:
    """The number under a word."""
    found = re.search(rf"<dt>{kind}</dt>\s*<dd[^>]*>([^<]+)</dd>", page)
    assert found, kind
    return found[1]


async def test_page_files_and_api_say_the_same(
    signed_in: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    for place, kind in enumerate(COUNT_KINDS):
        count(service, [key(kind), key(kind, "footer")], 1000 + place)
    page = (await signed_in.get("/partner")).text
    days = list(csv.DictReader(io.StringIO((await signed_in.get("/partner/counts.csv")).text)))
    labels = list(csv.DictReader(io.StringIO((await signed_in.get("/partner/sources.csv")).text)))
    api_key = service.tokens.api_key(Grant(partner.slug, partner.api_generation))
    bearer = {"Authorization": f"Bearer {api_key}"}
    totals = (await signed_in.get("/api/v1/counts", headers=bearer)).json()["totals"]
    words = tomllib.loads((STRINGS / "en.toml").read_text())
    for kind, number in totals.items():
        assert shown(page, words[f"kind_{kind}"]) == f"{number:,}"
        assert sum(int(day[kind]) for day in days) == number
        assert sum(int(line[kind]) for line in labels) == number


async def test_what_is_set_aside_is_on_the_page_once_there_is_any(
    signed_in: httpx.AsyncClient, service: Service
) -> None:
    assert "<dt>Held</dt>" not in (await signed_in.get("/partner")).text
    count(service, [key("held")], 7)
    page = (await signed_in.get("/partner")).text
    assert shown(page, "Held") == "7"
    assert "<dt>Invalidated</dt>" not in page


async def test_every_address_of_the_guide_answers(
    signed_in: httpx.AsyncClient, service: Service, partner: Partner
) -> None:
    api_key = service.tokens.api_key(Grant(partner.slug, partner.api_generation))
    files = re.findall(r"`(/partner/[^`]+)`", GUIDE.read_text())
    (program,) = re.findall(r"https://HOST(/\S+)", GUIDE.read_text())
    assert files
    for address in (*files, program):
        answer = await signed_in.get(address, headers={"Authorization": f"Bearer {api_key}"})
        assert answer.status_code == 200, address


async def test_labels_are_told_apart_and_never_ranked_by_what_was_shown(
    signed_in: httpx.AsyncClient, service: Service
) -> None:
    count(service, [key("shown", "banner")], 9000)
    count(service, [key("supporters", "footer")], 7)
    page = (await signed_in.get("/partner")).text
    assert re.findall(r"<code>(banner|footer)</code>", page) == ["footer", "banner"]
    assert "No label" in page


async def test_one_campaign_is_compared_with_nothing(
    signed_in: httpx.AsyncClient, service: Service
) -> None:
    count(service, [key("shown")])
    assert "All campaigns" not in (await signed_in.get("/partner")).text


async def test_several_campaigns_are_compared_and_can_be_chosen(
    signed_in: httpx.AsyncClient, service: Service
) -> None:
    count(service, [key("found")], 5)
    count(service, [key("found", campaign="gone")], 2)
    assert shown((await signed_in.get("/partner")).text, "Found") == "7"
    chosen = (await signed_in.get("/partner?campaign=gone")).text
    assert shown(chosen, "Found") == "2"
    assert "All campaigns" in chosen


async def test_the_last_column_is_the_campaigns_own_today(
    signed_in: httpx.AsyncClient, service: Service
) -> None:
    evening = datetime(2026, 11, 23, 3, tzinfo=UTC)  # the day before in Washington
    service.settings = replace(service.settings, now=evening)
    table = re.search(r"<tbody>.*?</tbody>", (await signed_in.get("/partner")).text, re.DOTALL)
    assert table
    assert re.findall(r'datetime="([^"]+)"', table[0])[0] == "2026-11-22"


async def test_watching_costs_nothing_while_nothing_moves(
    signed_in: httpx.AsyncClient, service: Service
) -> None:
    page = (await signed_in.get("/partner")).text
    tag = re.search(r'data-tag="([^"]+)"', page)
    assert tag
    known = {"If-None-Match": tag[1].replace("&#34;", '"')}
    unchanged = await signed_in.get("/partner/live?lang=en", headers=known)
    assert (unchanged.status_code, unchanged.content) == (304, b"")
    count(service, [key("found")])
    moved = await signed_in.get("/partner/live?lang=en", headers=known)
    assert shown(moved.text, "Found") == "1"
    assert moved.headers["cache-control"] == "no-store"


async def test_nobody_watches_without_a_session(client: httpx.AsyncClient) -> None:
    assert (await client.get("/partner/live")).status_code == 401


@pytest.mark.parametrize("language", LANGUAGES)
async def test_every_page_is_in_the_language_and_stays_in_it(
    signed_in: httpx.AsyncClient, language: str
) -> None:
    for path in ("/partner", "/partner/snippet"):
        page = (await signed_in.get(f"{path}?lang={language}")).text
        assert f'<html lang="{language}"' in page
        links = re.findall(r'href="(/partner[^"]*)"', page.partition("<main>")[2])
        pages = [address for address in links if not address.split("?")[0].endswith(".csv")]
        assert all(f"lang={language}" in address for address in pages)
