"""The campaigns of an installation, and what becomes of them when their files change."""

import shutil
import threading
from pathlib import Path

import pytest

from tests.campaigns.folders import HKETO, edit
from widget_server.campaigns import Campaign, Campaigns, shipped_campaigns
from widget_server.errors import CampaignError


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of campaigns with a copy of the shipped one."""
    shutil.copytree(HKETO, tmp_path / "hketo")
    return tmp_path


def hketo(campaigns: Campaigns) -> Campaign:
    campaign = campaigns.get("hketo")
    assert campaign
    return campaign


def test_html_in_markdown_is_text(shelf: Path) -> None:
    edit(shelf / "hketo" / "en.md", "# explainer\n", "# explainer\n\n<script>alert(1)</script>\n")
    assert "<script" not in hketo(Campaigns.load([shelf])).words["en"].explainer


def test_a_broken_campaign_is_refused_with_its_file_and_line(shelf: Path) -> None:
    edit(shelf / "hketo" / "messages.toml", "{mention}", "{menton}")
    with pytest.raises(CampaignError, match=r"messages\.toml:\d+: \{menton\}"):
        Campaigns.load([shelf])


def test_a_changed_campaign_is_read_again(shelf: Path) -> None:
    before = Campaigns.load([shelf])
    edit(shelf / "hketo" / "campaign.toml", "goal = 10000", "goal = 200")
    assert hketo(before.refreshed()).goal == 200
    assert hketo(before).goal == 10000


def test_an_unchanged_campaign_is_not_read_again(shelf: Path) -> None:
    campaigns = Campaigns.load([shelf])
    assert campaigns.refreshed() is campaigns


def test_a_broken_change_keeps_the_last_good_version(shelf: Path) -> None:
    before = Campaigns.load([shelf])
    edit(shelf / "hketo" / "campaign.toml", "goal = 10000", "goal = 'many'")
    after = before.refreshed()
    assert hketo(after).goal == 10000
    assert [problem.file.name for problem in after.problems] == ["campaign.toml"]


def test_a_mended_campaign_is_used_again(shelf: Path) -> None:
    edit(shelf / "hketo" / "campaign.toml", "goal = 10000", "goal = 'many'")
    broken = Campaigns((shelf,), {}).refreshed()
    assert broken.get("hketo") is None
    edit(shelf / "hketo" / "campaign.toml", "goal = 'many'", "goal = 300")
    assert hketo(broken.refreshed()).goal == 300


def test_a_removed_campaign_is_gone(shelf: Path) -> None:
    campaigns = Campaigns.load([shelf])
    shutil.rmtree(shelf / "hketo")
    assert campaigns.refreshed().all() == ()


def test_a_link_that_leads_nowhere_harms_nobody(shelf: Path) -> None:
    campaigns = Campaigns.load([shelf])
    (shelf / "hketo" / "notes.txt").symlink_to(shelf / "nowhere")
    (shelf / "hketo" / "self").symlink_to(shelf / "hketo" / "self")
    assert campaigns.refreshed() is campaigns


def test_files_that_come_and_go_harm_nobody(shelf: Path) -> None:
    campaigns = Campaigns.load([shelf])
    done = threading.Event()

    def come_and_go() -> None:
        while not done.is_set():
            (shelf / "hketo" / "draft.txt").touch()
            (shelf / "hketo" / "draft.txt").unlink()

    busy = threading.Thread(target=come_and_go)
    busy.start()
    try:
        for _ in range(300):
            campaigns = campaigns.refreshed()
    finally:
        done.set()
        busy.join()
    assert campaigns.problems == ()


def test_a_campaign_file_that_leads_nowhere_keeps_the_last_good_version(shelf: Path) -> None:
    before = Campaigns.load([shelf])
    (shelf / "hketo" / "en.md").unlink()
    (shelf / "hketo" / "en.md").symlink_to(shelf / "nowhere")
    after = before.refreshed()
    assert hketo(after).goal == 10000
    assert "The file is missing." in {problem.sentence for problem in after.problems}


def test_an_added_folder_replaces_a_shipped_campaign(shelf: Path) -> None:
    edit(shelf / "hketo" / "campaign.toml", "goal = 10000", "goal = 42")
    assert hketo(Campaigns.load([shipped_campaigns(), shelf])).goal == 42
