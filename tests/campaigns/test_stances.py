"""Who stands behind a bill: the stances file, and what of it counts."""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.compose.people import COSPONSOR, REPRESENTATIVE, SENATOR, SPONSOR, hketo
from widget_server.campaigns import (
    Campaign,
    Campaigns,
    Signer,
    StanceNote,
    campaign_parents,
    shipped_campaigns,
)
from widget_server.campaigns.source import Problem, SourceFile
from widget_server.campaigns.stances import STANCES, read_signers, write_signers
from widget_server.errors import CampaignError
from widget_server.settings import Settings

HOUSE, SENATE = hketo().bills
RECORDED = date(2026, 6, 1)
LATER = date(2026, 11, 22)


def signer(person: str, bill: str = HOUSE.label, as_of: date = LATER) -> Signer:
    return Signer(person, bill, "cosponsor", "https://example.org/", as_of)


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    """A stances file in the home of an installation; the campaign itself is not there."""
    return tmp_path / "home" / "campaigns" / "hketo" / STANCES


def installed(tmp_path: Path) -> Campaigns:
    return Campaigns.load(campaign_parents(Settings(home=tmp_path / "home")))


def campaign_of(campaigns: Campaigns) -> Campaign:
    campaign = campaigns.get("hketo")
    assert campaign
    return campaign


def test_a_stance_comes_with_its_bill_and_its_date() -> None:
    assert hketo().stance_note(SPONSOR) == StanceNote("sponsor", "H.R. 2661", RECORDED)
    assert hketo().stance_note(COSPONSOR) == StanceNote("cosponsor", "H.R. 2661", RECORDED)
    assert hketo().stance_note(SENATOR) == StanceNote("none", "S. 3655", RECORDED)


def test_what_is_known_of_a_bill_is_as_old_as_its_oldest_row() -> None:
    rows = (signer("A000001", as_of=RECORDED), signer("A000002"))
    assert replace(HOUSE, signers={row.person: row for row in rows}).as_of == RECORDED


def test_a_signer_has_the_date_of_their_own_row() -> None:
    rows = (signer("A000001", as_of=RECORDED), signer(REPRESENTATIVE.id))
    bill = replace(HOUSE, signers={row.person: row for row in rows})
    assert replace(hketo(), bills=(bill,)).stance_note(REPRESENTATIVE).as_of == LATER


def test_a_campaign_without_stances_asks_everybody(tmp_path: Path) -> None:
    folder = shutil.copytree(shipped_campaigns() / "hketo", tmp_path / "hketo")
    (folder / STANCES).unlink()
    campaign = campaign_of(Campaigns.load([tmp_path]))
    assert campaign.stance_note(SPONSOR) == StanceNote("none", "H.R. 2661", None)


def test_what_is_written_is_read_again_in_order(tmp_path: Path) -> None:
    file = tmp_path / STANCES
    rows = [signer("B000001"), signer("A000001", SENATE.label), signer("A000001")]
    sponsor = replace(signer("Z000001"), stance="sponsor")
    write_signers(file, [*rows, sponsor])
    problems: list[Problem] = []
    read = read_signers(SourceFile.read(file, problems))
    assert [(row.bill, row.person) for row in read] == [
        ("H.R. 2661", "Z000001"),
        ("H.R. 2661", "A000001"),
        ("H.R. 2661", "B000001"),
        ("S. 3655", "A000001"),
    ]
    assert {*read} == {*rows, sponsor}
    assert not problems


def test_the_shipped_file_is_in_the_order_in_which_it_is_written(tmp_path: Path) -> None:
    write_signers(tmp_path / STANCES, [*HOUSE.signers.values(), *SENATE.signers.values()])
    assert (tmp_path / STANCES).read_bytes() == (
        shipped_campaigns() / "hketo" / STANCES
    ).read_bytes()


def test_writing_leaves_nothing_else_behind(tmp_path: Path) -> None:
    write_signers(tmp_path / STANCES, [signer("A000001")])
    assert [file.name for file in tmp_path.iterdir()] == [STANCES]


def test_a_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / STANCES / "full").mkdir(parents=True)
    with pytest.raises(CampaignError, match=r"stances\.csv cannot be written"):
        write_signers(tmp_path / STANCES, [signer("A000001")])
    assert [file.name for file in tmp_path.iterdir()] == [STANCES]


def test_newer_stances_elsewhere_count(tmp_path: Path, elsewhere: Path) -> None:
    write_signers(elsewhere, [signer(REPRESENTATIVE.id)])
    campaign = campaign_of(installed(tmp_path))
    assert campaign.stance(REPRESENTATIVE) == "cosponsor"
    assert campaign.stance(COSPONSOR) == "none"


def test_a_bill_that_is_not_elsewhere_keeps_its_stances(tmp_path: Path, elsewhere: Path) -> None:
    write_signers(elsewhere, [signer(REPRESENTATIVE.id)])
    assert campaign_of(installed(tmp_path)).bills[1] == SENATE


def test_older_stances_elsewhere_do_not_count(tmp_path: Path, elsewhere: Path) -> None:
    write_signers(elsewhere, [signer(REPRESENTATIVE.id, as_of=date(2026, 5, 1))])
    assert campaign_of(installed(tmp_path)).bills[0] == HOUSE


def test_a_bill_that_the_campaign_left_behind_is_ignored(tmp_path: Path, elsewhere: Path) -> None:
    write_signers(elsewhere, [signer(REPRESENTATIVE.id, "H.R. 1103")])
    assert campaign_of(installed(tmp_path)).bills == (HOUSE, SENATE)


def test_new_stances_elsewhere_are_seen(tmp_path: Path, elsewhere: Path) -> None:
    before = installed(tmp_path)
    write_signers(elsewhere, [signer(REPRESENTATIVE.id)])
    once = before.refreshed()
    write_signers(elsewhere, [signer(REPRESENTATIVE.id), signer(SPONSOR.id)])
    twice = once.refreshed()
    stances = [campaign_of(each).stance(SPONSOR) for each in (before, once, twice)]
    assert stances == ["sponsor", "none", "cosponsor"]
    assert twice.refreshed() is twice


def test_stances_that_are_gone_count_no_more(tmp_path: Path, elsewhere: Path) -> None:
    write_signers(elsewhere, [signer(REPRESENTATIVE.id)])
    before = installed(tmp_path)
    elsewhere.unlink()
    assert campaign_of(before.refreshed()).bills == (HOUSE, SENATE)


@pytest.mark.parametrize("text", ["<html>", "person,bill,stance,source,date\n" + "x" * 200_000])
def test_broken_stances_elsewhere_keep_nobody_from_starting(
    tmp_path: Path, elsewhere: Path, text: str
) -> None:
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_text(text, "utf-8")
    campaigns = installed(tmp_path)
    assert campaign_of(campaigns).bills == (HOUSE, SENATE)
    assert {problem.file for problem in campaigns.problems} == {elsewhere}


def test_broken_stances_elsewhere_keep_the_last_good_version(
    tmp_path: Path, elsewhere: Path
) -> None:
    before = installed(tmp_path)
    elsewhere.parent.mkdir(parents=True)
    elsewhere.write_text("<html>", "utf-8")
    after = before.refreshed()
    assert campaign_of(after).bills == (HOUSE, SENATE)
    assert [(problem.file, problem.line) for problem in after.problems] == [(elsewhere, 1)]
