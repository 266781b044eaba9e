import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.campaigns.folders import HKETO, TAPS, edit
from tests.compose.people import EVERYBODY, NOW
from widget_server.compose.check import Today, check
from widget_server.compose.lengths import LONGEST

TODAY = Today(NOW, 119, EVERYBODY)
#: A month into the 120th Congress.
LATER = Today(datetime(2027, 2, 1, tzinfo=UTC), 120, EVERYBODY)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HKETO, tmp_path / "hketo"))


@pytest.fixture
def taps(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TAPS, tmp_path / "school-taps"))


@pytest.mark.parametrize("folder", [HKETO, TAPS], ids=["hketo", "school-taps"])
def test_what_is_shipped_has_no_mistakes(folder: Path) -> None:
    assert check(folder, today=TODAY) == []


def test_no_real_name_is_longer_than_those_checked_with() -> None:
    assert max(len(person.name) for person in EVERYBODY) <= len(LONGEST[0].name)
    assert max(len(person.last_name) for person in EVERYBODY) <= len(LONGEST[0].last_name)


def test_a_pause_needs_no_words_of_its_own(folder: Path) -> None:
    edit(folder / "campaign.toml", 'state = "live"', 'state = "paused"')
    assert check(folder, today=TODAY) == []


def test_a_bill_of_an_earlier_congress_is_dead(folder: Path) -> None:
    edit(folder / "campaign.toml", "ends = 2027", "ends = 2028")
    lines = [
        number
        for number, line in enumerate((folder / "campaign.toml").read_text().splitlines(), 1)
        if line == "congress = 119"
    ]
    found = check(folder, today=LATER)
    assert [problem.line for problem in found] == lines
    assert found[0].sentence == "H.R. 2661 died with the 119th Congress; this is the 120th."


def test_a_bill_of_a_congress_to_come_is_not_there_yet(folder: Path) -> None:
    line = edit(folder / "campaign.toml", "congress = 119", "congress = 120")
    (problem,) = check(folder, today=TODAY)
    assert problem.line == line
    assert problem.sentence == "H.R. 2661 cannot be there yet: this is the 119th Congress."


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (
            "ends = 2027-01-03T12:00:00-05:00",
            "ends = 2026-11-21T12:00:00-05:00",
            'The campaign ended on 2026-11-21. Set a later day, or write state = "ended".',
        ),
        ("goal = 10000", "goal = 10000\nresumes = 2026-11-20", "2026-11-20 is in the past."),
    ],
)
def test_a_day_in_the_past_is_found(folder: Path, old: str, new: str, sentence: str) -> None:
    line = edit(folder / "campaign.toml", old, new) + new.count("\n")
    (problem,) = check(folder, today=TODAY)
    assert (problem.line, problem.sentence) == (line, sentence)


@pytest.mark.parametrize("state", ["won", "ended"])
def test_what_is_over_by_its_own_words_may_have_ended(folder: Path, state: str) -> None:
    edit(folder / "campaign.toml", 'state = "live"', f'state = "{state}"')
    assert check(folder, today=LATER) == []


def lengthened(folder: Path, length: int) -> int:
    """Make the first word of an ask this long; returns the line of its tweet."""
    return edit(folder / "messages.toml", "please cosponsor", f"{'p' * length} cosponsor") - 2


def test_a_tweet_that_is_too_long_names_for_whom(folder: Path) -> None:
    line = lengthened(folder, 39)
    weight, characters = check(folder, today=TODAY)
    assert {weight.line, characters.line} == {line}
    assert characters.sentence == (
        "The tweet 'consular' is too long by 9 for Rep. Gilbert Ray Cisneros, Jr. (CA-31) and "
        "1 other: it has 309 characters, and Bluesky allows 300."
    )


def test_a_tweet_has_to_fit_for_the_longest_names_to_come(folder: Path) -> None:
    lengthened(folder, 39)
    weight, _ = check(folder, today=TODAY)
    assert weight.sentence == (
        "The tweet 'consular' is too long by 1 for a name as long as Rep. Maximiliana "
        "Fitzgerald-Longley (NC-14): it weighs 281, and X allows 280."
    )


def test_a_tweet_to_a_target_has_to_fit_for_them_alone(taps: Path) -> None:
    edit(taps / "messages.toml", "every test, every date", "every test, " * 20)
    (first, *_) = check(taps, today=TODAY)
    assert "for Gov. Robin Ashgrove: it weighs" in first.sentence


def test_a_tweet_that_begins_with_a_mention_is_found(folder: Path) -> None:
    edit(folder / "messages.toml", "Will you cosponsor {bill}, {mention}", "{mention}, will you")
    assert ["begins with a mention" in problem.sentence for problem in check(folder)] == [True]


def test_a_tweet_without_a_mention_is_found(folder: Path) -> None:
    edit(folder / "messages.toml", "I ask {mention}", "I ask you")
    assert ["exactly once" in problem.sentence for problem in check(folder)] == [True]


def test_a_letter_that_is_too_long_is_found(folder: Path) -> None:
    edit(folder / "messages.toml", "I am a constituent", "So " * 200 + "I am a constituent")
    (problem,) = check(folder)
    assert "under 1200" in problem.sentence
