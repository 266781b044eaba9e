import shutil
from pathlib import Path

import pytest

from tests.compose.people import EVERYBODY
from widget_server.campaigns import shipped_campaigns
from widget_server.compose.check import check
from widget_server.compose.lengths import LONGEST

HKETO = shipped_campaigns() / "hketo"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HKETO, tmp_path / "hketo"))


def edit(file: Path, old: str, new: str) -> int:
    """Replace a text once; returns the number of the line where it stood."""
    text = file.read_text("utf-8")
    before, found, after = text.partition(old)
    assert found
    file.write_text(before + new + after, "utf-8")
    return before.count("\n") + 1


def test_the_shipped_campaign_has_no_mistakes() -> None:
    assert check(HKETO) == []


def test_no_real_name_is_longer_than_those_checked_with() -> None:
    assert max(len(person.name) for person in EVERYBODY) <= len(LONGEST[0].name)
    assert max(len(person.last_name) for person in EVERYBODY) <= len(LONGEST[0].last_name)


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("campaign.toml", "goal = 10000", "goal = 0", "'goal' is not a number above zero."),
        ("campaign.toml", "ends = 2027-01-03", "ends = 2026-01-03", "ends before it starts"),
        ("campaign.toml", "12:00:00-05:00", "12:00:00", "does not say its offset"),
        ("campaign.toml", "keep_district", "keep_distict", "not a key that is known"),
        ("campaign.toml", 'keep = "updates"', 'keep = "all"', "is none of updates, signature"),
        ("campaign.toml", "#1f4fb8", "blue", "is not a colour"),
        ("campaign.toml", "America/New_York", "America/New_Yrok", "There is no time zone"),
        ("campaign.toml", "hello@coalition", "hello at coalition", "is not an email address"),
        ("campaign.toml", '["en", "zh-Hant", "es"]', '["en", "zh-Hant", 5]', "is not a text"),
        ("campaign.toml", 'type = "s"', 'type = "S"', "is not one of hr, s, hres"),
        ("campaign.toml", "number = 3655", 'number = "3655"', "'number' is not a number"),
        ("campaign.toml", 'slug = "hketo"', 'slug = "other"', "not the name of its folder"),
        ("campaign.toml", "goal = 10000", "goal 10000", "This is not TOML"),
        ("en.md", "failure =", "failures =", "not a key that is known"),
        ("es.md", "{contact}", "{kontact}", "{kontact} is not a placeholder"),
        ("es.md", 'name = "Español"', 'name = ""', "'name' is empty"),
        ("zh-Hant.md", "headline = ", "headline ", "This is not TOML"),
        ("messages.toml", "{mention}", "{name.id}", "{name.id} is not a placeholder"),
        ("stances.csv", "S000522", "Smith", "'person' is not a Bioguide id: 'Smith'."),
        ("stances.csv", "M000312,H.R. 2661", "M000312,H.R. 1", "none of the campaign's bills"),
        ("stances.csv", ",cosponsor,", ",cosponser,", "is not sponsor or cosponsor"),
        ("stances.csv", ",https://", ",http://", "'source' is not an https address"),
        ("stances.csv", "2026-06-01", "2026-06-31", "There is no day 2026-06-31."),
        ("stances.csv", "2026-06-01", "June 2026", "'date' is not a date such as"),
        ("stances.csv", "M001194,", "M000312,", "M000312 stands here twice for H.R. 2661."),
        ("stances.csv", ",2026-06-01", "", "There are 4 columns and not 5."),
        ("stances.csv", "person,bill", "bill,person", "The first line is not person,bill,"),
        ("messages.toml", 'for = "thank"', 'for = "thanks"', "is none of ask, thank, both"),
    ],
)
def test_a_mistake_is_found_on_its_line(
    folder: Path, name: str, old: str, new: str, sentence: str
) -> None:
    line = edit(folder / name, old, new)
    found = [problem for problem in check(folder) if sentence in problem.sentence]
    assert [(problem.file.name, problem.line) for problem in found] == [(name, line)]


@pytest.mark.parametrize("key", ["name", "address", "contact"])
def test_an_organiser_has_to_say_who_they_are(folder: Path, key: str) -> None:
    text = (folder / "campaign.toml").read_text("utf-8")
    head, _, tail = text.partition("[organiser]")
    (folder / "campaign.toml").write_text(f"{head}[organiser]" + tail.replace(f"{key} = ", "# ", 1))
    problems = check(folder)
    assert [problem.sentence for problem in problems] == [f"'{key}' is missing."]
    assert problems[0].line == head.count("\n") + 1


def test_a_string_missing_in_a_language_is_named(folder: Path) -> None:
    edit(folder / "es.md", "learn_more = ", "# ")
    assert [str(problem.sentence) for problem in check(folder)] == ["'learn_more' is missing."]


@pytest.mark.parametrize("section", ["explainer", "privacy"])
def test_a_missing_section_is_named(folder: Path, section: str) -> None:
    edit(folder / "en.md", f"\n# {section}\n", "\n")
    assert f"The section '# {section}' is missing or empty." in [
        problem.sentence for problem in check(folder)
    ]


def test_a_missing_language_file_is_named(folder: Path) -> None:
    (folder / "es.md").unlink()
    problems = check(folder)
    assert {problem.file.name for problem in problems} == {"es.md"}
    assert "The file is missing." in [problem.sentence for problem in problems]


def test_a_missing_gloss_is_found_at_its_message(folder: Path) -> None:
    line = edit(folder / "messages.toml", 'es = "', '# es = "')
    (problem,) = check(folder)
    assert problem.sentence == "'es' is missing."
    assert line - 4 <= problem.line < line


def test_a_new_language_needs_its_file_and_its_glosses(folder: Path) -> None:
    edit(folder / "campaign.toml", '"es"]', '"es", "fr"]')
    assert {problem.file.name for problem in check(folder)} == {
        "campaign.toml",
        "fr.md",
        "messages.toml",
    }


def test_a_tweet_that_is_too_long_for_someone_is_found(folder: Path) -> None:
    edit(folder / "messages.toml", "please cosponsor", "please " * 20 + "cosponsor")
    sentences = " ".join(problem.sentence for problem in check(folder))
    assert "X allows 280" in sentences
    assert "Bluesky allows 300" in sentences


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


def test_an_id_used_twice_is_found(folder: Path) -> None:
    edit(folder / "messages.toml", 'id = "finding"', 'id = "premise"')
    assert [problem.sentence for problem in check(folder)] == ["The id 'premise' is used twice."]


def test_too_few_messages_are_found(folder: Path) -> None:
    edit(folder / "messages.toml", 'for = "thank"', 'for = "ask"')
    (problem,) = check(folder)
    assert problem.sentence == "There are fewer than 3 'tweets' to thank."


def test_an_empty_folder_is_not_a_campaign(tmp_path: Path) -> None:
    assert "The file is missing." in [problem.sentence for problem in check(tmp_path)]
