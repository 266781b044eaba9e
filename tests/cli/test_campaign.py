import re
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from widget_server.campaigns import example_campaigns, shipped_campaigns
from widget_server.cli.campaign import campaign


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(shipped_campaigns() / "hketo", tmp_path / "hketo"))


@pytest.fixture(autouse=True)
def in_november(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """While the shipped campaign runs, in an installation without others."""
    monkeypatch.setenv("THREESTEPS_NOW", "2026-11-22T12:00:00Z")
    monkeypatch.setenv("THREESTEPS_HOME", str(tmp_path / "home"))


def test_the_list_names_what_is_shipped() -> None:
    result = CliRunner().invoke(campaign, ["list"], env={"COLUMNS": "120"})
    assert result.exit_code == 0
    assert re.search(r"hketo .* en, zh-Hant, es +live +2027-01-03", result.output)


def test_the_list_says_where_the_example_is() -> None:
    result = CliRunner().invoke(campaign, ["list"], env={"COLUMNS": "120"})
    assert f"to copy: {example_campaigns() / 'school-taps'}" in result.output
    assert " school-taps " not in result.output


def test_the_list_has_the_example_where_it_is_asked_for() -> None:
    asked = {"COLUMNS": "120", "THREESTEPS_DEFAULT_CAMPAIGN": "school-taps"}
    result = CliRunner().invoke(campaign, ["list"], env=asked)
    assert " school-taps " in result.output


def test_after_the_end_the_check_says_what_is_over(folder: Path) -> None:
    later = {"THREESTEPS_NOW": "2027-02-01T12:00:00Z"}
    result = CliRunner().invoke(campaign, ["check", str(folder)], env=later)
    file = re.escape(str(folder / "campaign.toml"))
    assert re.search(rf"^{file}:\d+: The campaign ended on 2027-01-03\.", result.output, re.M)
    assert re.search(rf"^{file}:\d+: S\. 3655 died with the 119th", result.output, re.M)
    assert "Mistakes: 3. Campaigns: 1." in result.output


def test_the_list_names_own_campaigns_and_their_mistakes(folder: Path) -> None:
    (folder / "es.md").unlink()
    result = CliRunner().invoke(
        campaign, ["list"], env={"THREESTEPS_CAMPAIGNS": str(folder.parent), "COLUMNS": "120"}
    )
    assert f"{folder / 'es.md'}:1: The file is missing." in result.output


def test_what_is_shipped_has_no_mistakes() -> None:
    result = CliRunner().invoke(campaign, ["check"])
    shipped = ", ".join(sorted(folder.name for folder in shipped_campaigns().iterdir()))
    assert (result.exit_code, result.output) == (0, f"{shipped}: no mistakes.\n")


@pytest.mark.parametrize("path", ["hketo", "."])
def test_mistakes_are_named_and_the_command_fails(folder: Path, path: str) -> None:
    (folder / "messages.toml").write_text("language = 'en'\n", "utf-8")
    result = CliRunner().invoke(campaign, ["check", str(folder.parent / path)])
    assert result.exit_code == 1
    assert f"{folder / 'messages.toml'}:1: 'greeting' is missing." in result.output


@pytest.mark.parametrize("arguments", [[], [str(shipped_campaigns())]])
def test_stances_at_home_are_checked_too(tmp_path: Path, arguments: list[str]) -> None:
    stances = tmp_path / "campaigns" / "hketo" / "stances.csv"
    stances.parent.mkdir(parents=True)
    stances.write_text("person,bill\n", "utf-8")
    result = CliRunner().invoke(
        campaign, ["check", *arguments], env={"THREESTEPS_HOME": str(tmp_path)}
    )
    assert result.exit_code == 1
    assert f"{stances}:1: The first line is not person" in result.output


def test_an_empty_folder_is_a_mistake(tmp_path: Path) -> None:
    assert CliRunner().invoke(campaign, ["check", str(tmp_path)]).exit_code == 1
