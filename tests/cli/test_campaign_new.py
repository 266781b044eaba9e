"""``threesteps campaign new``: a folder that works as it is, and never over another one."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from widget_server.campaigns import Campaign, Campaigns


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    folder = tmp_path / "shelf"
    folder.mkdir()
    return folder


def only(shelf: Path) -> Campaign:
    (campaign,) = Campaigns.load([shelf]).all()
    return campaign


@pytest.mark.parametrize(
    "languages", ["en", "es", "zh-Hant", "en,zh-Hant", "es,en", "zh-Hant,es,en"]
)
def test_the_check_accepts_it_in_any_languages(run: Run, shelf: Path, languages: str) -> None:
    assert run("campaign", "new", "bay", "--languages", languages, "--in", shelf).exit_code == 0
    checked = run("campaign", "check", shelf / "bay")
    assert (checked.exit_code, checked.output) == (0, "bay: no mistakes.\n")
    assert only(shelf).languages == tuple(languages.split(","))


@pytest.mark.parametrize("day", ["2026-11-22", "2027-01-03", "2027-02-01", "2028-07-04"])
def test_its_bill_and_its_end_are_those_of_the_congress_that_sits(
    run: Run, shelf: Path, day: str
) -> None:
    noon = f"{day}T17:30:00Z"
    run("campaign", "new", "bay", "--in", shelf, now=noon)
    assert run("campaign", "check", shelf, now=noon).exit_code == 0


def test_it_goes_where_campaigns_are_kept(run: Run, shelf: Path) -> None:
    result = run("campaign", "new", "save-the-bay", campaigns=str(shelf))
    assert f"Wrote {shelf / 'save-the-bay'}." in result.output
    assert only(shelf).words_in(None).headline == "Save the bay"


def test_without_a_place_for_it_a_sentence_says_what_to_give(run: Run) -> None:
    result = run("campaign", "new", "bay")
    assert result.exit_code == 1
    assert "--in FOLDER, or in THREESTEPS_CAMPAIGNS" in result.output


def test_a_title_is_the_headline_to_the_letter(run: Run, shelf: Path) -> None:
    title = 'Save "the" bay \\ 救救海灣'
    run("campaign", "new", "bay", "--title", title, "--languages", "en,es", "--in", shelf)
    words = only(shelf).words
    assert {words["en"].headline, words["es"].headline, words["en"].title} == {title}


def test_nothing_is_overwritten(run: Run, shelf: Path) -> None:
    (shelf / "bay").mkdir()
    (shelf / "bay" / "notes.txt").write_text("mine")
    result = run("campaign", "new", "bay", "--in", shelf)
    assert "exists already, and is never overwritten." in result.output
    assert [file.name for file in (shelf / "bay").iterdir()] == ["notes.txt"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["Bay!"], "'Bay!' is not made of small letters, digits and hyphens."),
        (["../bay"], "'../bay' is not made of small letters"),
        (["bay", "--languages", "en,tlh"], "and no 'tlh'."),
        (["bay", "--title", "Save {bay}"], "A title is one line of text without braces."),
        (["bay", "--title", "Save\nthe bay"], "A title is one line of text without braces."),
    ],
)
def test_what_cannot_be_is_refused_before_anything_is_written(
    run: Run, shelf: Path, arguments: list[str], sentence: str
) -> None:
    result = run("campaign", "new", *arguments, "--in", shelf)
    assert (result.exit_code, list(shelf.iterdir())) == (1, [])
    assert sentence in result.output
