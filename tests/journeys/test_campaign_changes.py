"""A running service and its campaigns: what is changed is seen, what is broken is not used."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from tests.patience import becomes
from tests.serving import Served, serving
from widget_server.campaigns import example_campaigns, shipped_campaigns

#: Twice as long as a service may take to see a change for itself, a busy machine included.
SEEN_SECONDS = 60


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    for folder in (shipped_campaigns() / "hketo", example_campaigns() / "school-taps"):
        shutil.copytree(folder, tmp_path / "shelf" / folder.name)
    return tmp_path / "shelf"


@pytest.fixture
def service(tmp_path: Path, shelf: Path, free_port: int) -> Iterator[Served]:
    environment = {"THREESTEPS_CAMPAIGNS": str(shelf)}
    with serving("serve", port=free_port, home=tmp_path / "home", environment=environment) as one:
        yield one


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def test_a_change_is_served_and_a_broken_one_is_not(service: Served, shelf: Path) -> None:
    def page(slug: str) -> str:
        return httpx.get(f"{service.origin}/c/{slug}", trust_env=False).text

    assert "Safe water at every school tap</h1>" in page("school-taps")
    edit(shelf / "hketo" / "en.md", 'headline = "Reject', 'headline = "Broken {nothing}')
    edit(shelf / "school-taps" / "en.md", 'headline = "Safe', 'headline = "Clean')
    shutil.copytree(shelf / "school-taps", shelf / "new-taps")
    edit(shelf / "new-taps" / "campaign.toml", '"school-taps"', '"new-taps"')
    clean = "Clean water at every school tap</h1>"
    assert becomes(lambda: clean in page("school-taps") and clean in page("new-taps"), SEEN_SECONDS)
    assert "Reject China&#39;s Transnational Repression in 3 Steps</h1>" in page("hketo")
    warnings = httpx.get(f"{service.origin}/readyz", trust_env=False).json()["warnings"]
    assert [text for text in warnings if "en.md:" in text and "{nothing}" in text]
