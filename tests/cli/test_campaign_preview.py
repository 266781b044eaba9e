"""``threesteps campaign preview`` in a process of its own: what it shows, and what it leaves."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.accessibility.states import THEMES
from tests.serving import Served, free_port, serving
from tools import axe
from widget_server.campaigns import example_campaigns


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf")
    shutil.copytree(example_campaigns() / "school-taps", folder / "taps")
    edit(folder, 'slug = "school-taps"', 'slug = "taps"')
    return folder


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this process makes its temporary folders."""
    return tmp_path_factory.mktemp("scratch")


@pytest.fixture(scope="module")
def preview(
    shelf: Path, scratch: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    environment = {"THREESTEPS_CAMPAIGNS": str(shelf), "TMPDIR": str(scratch)}
    home = tmp_path_factory.mktemp("home")
    port = free_port()
    arguments = ("campaign", "preview", "taps")
    with serving(*arguments, port=port, home=home, environment=environment) as running:
        yield running
    assert list(scratch.iterdir()) == []


def edit(shelf: Path, old: str, new: str, name: str = "campaign.toml") -> None:
    file = shelf / "taps" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def read(preview: Served) -> str:
    return httpx.get(preview.origin, trust_env=False).text


def test_it_shows_the_widget_at_two_widths(page: Page, preview: Served) -> None:
    page.goto(preview.origin)
    expect(page.get_by_text("No mistakes.")).to_be_visible()
    expect(page.locator("three-steps[data-state=ready]")).to_have_count(2)


def test_a_changed_file_shows_when_it_is_loaded_again(
    page: Page, preview: Served, shelf: Path
) -> None:
    page.goto(preview.origin)
    page.locator("three-steps[data-state=ready]").first.wait_for()
    edit(shelf, 'headline = "Safe water', 'headline = "Clean water', "en.md")
    page.reload()
    page.locator("three-steps[data-state=ready]").first.wait_for()
    heading = page.frames[1].get_by_role("heading", level=1)
    expect(heading).to_have_text("Clean water at every school tap")


def test_mistakes_are_named_and_the_last_good_version_stays(preview: Served, shelf: Path) -> None:
    edit(shelf, "goal = 5000", 'goal = "many"')
    broken = read(preview)
    edit(shelf, 'goal = "many"', "goal = 5000")
    assert re.search(r"campaign\.toml, line 1\d</code> &#39;goal&#39; is not a number\.", broken)
    assert "this is the last version without them" in broken
    assert "<three-steps" in broken
    assert "No mistakes." in read(preview)


def test_axe_finds_nothing_on_it(page: Page, preview: Served, shelf: Path) -> None:
    edit(shelf, "goal = 5000", 'goal = "many"')
    page.goto(preview.origin)
    edit(shelf, 'goal = "many"', "goal = 5000")
    expect(page.get_by_role("heading", name="1 mistake")).to_be_visible()
    page.evaluate(axe.source())
    for theme in THEMES:
        page.emulate_media(color_scheme=theme)
        found = page.evaluate(
            "axe.run({iframes: false, rules: {'frame-tested': {enabled: false}}})"
        )
        assert [rule["id"] for rule in found["violations"] + found["incomplete"]] == []


def test_what_is_done_there_is_counted_nowhere(preview: Served) -> None:
    token = re.search(r'token="([^"]+)"', read(preview))
    assert token
    step = f"{preview.origin}/w/{token[1]}"
    accept = {"Accept": "application/json"}
    found = httpx.post(f"{step}/find", headers=accept, trust_env=False).json()
    sent = {"visit": found["visit"], "email": "ana.canary@example.org"}
    assert httpx.post(f"{step}/submit", data=sent, headers=accept, trust_env=False).is_success
    assert [file.name for file in preview.home.iterdir()] == ["service.log"]


def test_a_campaign_that_never_worked_shows_its_mistakes(
    shelf: Path, tmp_path: Path, free_port: int
) -> None:
    own = tmp_path / "own"
    shutil.copytree(shelf / "taps", own / "taps")
    (own / "taps" / "es.md").unlink()
    environment = {"THREESTEPS_CAMPAIGNS": str(own)}
    arguments = ("campaign", "preview", "taps")
    with serving(*arguments, port=free_port, home=tmp_path, environment=environment) as preview:
        page = read(preview)
    assert "es.md, line 1</code> The file is missing." in page
    assert "There is nothing to show until they are mended." in page
