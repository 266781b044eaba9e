import shutil
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tests.compose.people import REPRESENTATIVE, SENATOR
from widget_server.campaigns import Campaign, Campaigns, shipped_campaigns
from widget_server.campaigns.placeholders import MESSAGE_NAMES, WORDS_NAMES
from widget_server.errors import CampaignError

ENDS = datetime(2027, 1, 3, 17, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """A folder of campaigns with a copy of the shipped one."""
    shutil.copytree(shipped_campaigns() / "hketo", tmp_path / "hketo")
    return tmp_path


def edit(shelf: Path, name: str, old: str, new: str) -> None:
    file = shelf / "hketo" / name
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), "utf-8")


def hketo(campaigns: Campaigns) -> Campaign:
    campaign = campaigns.get("hketo")
    assert campaign
    return campaign


SHIPPED = hketo(Campaigns.load([shipped_campaigns()]))


def test_a_version_of_the_words_that_no_database_could_keep_is_a_mistake(shelf: Path) -> None:
    edit(shelf, "campaign.toml", 'consent = "2026-11-22"', f'consent = "{"2026-11-22 " * 6}"')
    with pytest.raises(CampaignError, match="'consent' is not of at most 64 characters"):
        Campaigns.load([shelf])


def test_the_english_words_are_to_the_letter() -> None:
    words = SHIPPED.words_in("en")
    assert words.headline == "Reject China's Transnational Repression in 3 Steps"
    assert words.call == "Urge your legislators to support the HKETO Certification Act"
    assert words.steps == (
        "Find your legislators",
        "Tweet them with our templates",
        "Email them with our templates",
    )
    assert words.success == "Thank you! Your submission has been received!"
    assert words.failure == "Oops! Something went wrong while submitting the form."
    assert words.explainer_title == "What is the HKETO Certification Act?"
    assert words.learn_more == "Learn more about this bill"


def test_the_campaign_speaks_three_languages() -> None:
    assert SHIPPED.languages == ("en", "zh-Hant", "es")
    assert len({words.headline for words in SHIPPED.words.values()}) == 3


def test_a_language_that_is_not_there_is_the_default_one() -> None:
    assert SHIPPED.words_in("tlh") is SHIPPED.words_in(None) is SHIPPED.words["en"]


def test_it_ends_at_noon_eastern() -> None:
    assert not SHIPPED.ended(ENDS.replace(hour=16, minute=59))
    assert SHIPPED.ended(ENDS)


def test_its_days_are_eastern() -> None:
    assert SHIPPED.day(datetime(2026, 11, 22, 4, 59, tzinfo=UTC)) == date(2026, 11, 21)


def test_each_chamber_has_its_bill() -> None:
    assert SHIPPED.bill_for(SENATOR).label == "S. 3655"
    assert SHIPPED.bill_for(REPRESENTATIVE).label == "H.R. 2661"


def test_a_bill_knows_who_stands_behind_it() -> None:
    bill = SHIPPED.bill_for(REPRESENTATIVE)
    assert bill.stance("S000522") == "sponsor"
    assert bill.stance("R000622") == "cosponsor"
    assert bill.stance("P000197") == "none"


def test_it_is_discreet() -> None:
    assert not SHIPPED.host_events
    assert not SHIPPED.keep_district
    assert SHIPPED.keep == "updates"


def test_the_privacy_words_name_the_organiser() -> None:
    for words in SHIPPED.words.values():
        assert SHIPPED.organiser.name in words.privacy
        assert SHIPPED.organiser.address in words.privacy
        assert SHIPPED.organiser.contact_url in words.privacy


def test_html_in_markdown_is_text(shelf: Path) -> None:
    edit(shelf, "en.md", "# explainer\n", "# explainer\n\n<script>alert(1)</script>\n")
    assert "<script" not in hketo(Campaigns.load([shelf])).words["en"].explainer


def test_a_broken_campaign_is_refused_with_its_file_and_line(shelf: Path) -> None:
    edit(shelf, "messages.toml", "{mention}", "{menton}")
    with pytest.raises(CampaignError, match=r"messages\.toml:\d+: \{menton\}"):
        Campaigns.load([shelf])


def test_a_changed_campaign_is_read_again(shelf: Path) -> None:
    before = Campaigns.load([shelf])
    edit(shelf, "campaign.toml", "goal = 10000", "goal = 200")
    assert hketo(before.refreshed()).goal == 200
    assert hketo(before).goal == 10000


def test_an_unchanged_campaign_is_not_read_again(shelf: Path) -> None:
    campaigns = Campaigns.load([shelf])
    assert campaigns.refreshed() is campaigns


def test_a_broken_change_keeps_the_last_good_version(shelf: Path) -> None:
    before = Campaigns.load([shelf])
    edit(shelf, "campaign.toml", "goal = 10000", "goal = 'many'")
    after = before.refreshed()
    assert hketo(after).goal == 10000
    assert [problem.file.name for problem in after.problems] == ["campaign.toml"]


def test_a_mended_campaign_is_used_again(shelf: Path) -> None:
    edit(shelf, "campaign.toml", "goal = 10000", "goal = 'many'")
    broken = Campaigns((shelf,), {}).refreshed()
    assert broken.get("hketo") is None
    edit(shelf, "campaign.toml", "goal = 'many'", "goal = 300")
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
    edit(shelf, "campaign.toml", "goal = 10000", "goal = 42")
    assert hketo(Campaigns.load([shipped_campaigns(), shelf])).goal == 42


def test_every_placeholder_is_documented() -> None:
    text = (Path(__file__).parents[1] / "docs" / "campaigns.md").read_text("utf-8")
    assert not [name for name in MESSAGE_NAMES | WORDS_NAMES if f"`{{{name}}}`" not in text]
