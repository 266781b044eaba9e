"""A mistake in any file of a campaign is found where it stands."""

import shutil
from pathlib import Path

import pytest

from tests.campaigns.folders import HKETO, TAPS, edit, mistakes


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        ("campaign.toml", "goal = 10000", "goal = 0", "'goal' is not a number of at least 1."),
        ("campaign.toml", "goal = 10000", "count_floor = -1\ngoal = 1", "of at least 0."),
        ("campaign.toml", "goal = 10000", "goal = true", "'goal' is not a number."),
        ("campaign.toml", "goal = 10000", 'goal = "many"', "'goal' is not a number."),
        ("campaign.toml", "goal = 10000", "colour = 1\ngoal = 10000", "not a key that is known"),
        ("campaign.toml", "[[sources]]", "[[source]]", "'source' is not a key that is known"),
        ("campaign.toml", "[afterwards]", "[after]", "'after' is not a key that is known"),
        ("campaign.toml", 'state = "live"', 'state = "over"', "none of live, paused, won, ended"),
        ("campaign.toml", 'state = "live"', "state = 1", "'state' is not a text."),
        ("campaign.toml", "host_events = false", "host_events = 0", "is not true or false"),
        ("campaign.toml", "ends = 2027-01-03T12:00:00-05:00", "ends = 2027-01-03", "not a moment"),
        ("campaign.toml", 'contact = "hello', 'contact = "<hello', "is not an email address"),
        ("campaign.toml", "ends = 2027-01-03", "ends = 2026-01-03", "ends before it starts"),
        ("campaign.toml", "12:00:00-05:00", "12:00:00", "does not say its offset"),
        ("campaign.toml", "keep_district", "keep_distict", "not a key that is known"),
        ("campaign.toml", 'keep = "updates"', 'keep = "all"', "is none of updates, signature"),
        ("campaign.toml", "#1f4fb8", "blue", "is not a colour"),
        ("campaign.toml", 'consent = "', f'consent = "{"2026 " * 13}', "not of at most 64 char"),
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
        ("messages.toml", "{bill_url}", "{bill.url}", "{bill.url} is not a placeholder"),
        ("en.md", "{organiser}", "{organizer}", "{organizer} is not a placeholder"),
        ("en.md", 'won = "', 'win = "', "'win' is not a key that is known"),
    ],
)
def test_a_mistake_is_found_on_its_line(
    folder: Path, name: str, old: str, new: str, sentence: str
) -> None:
    line = edit(folder / name, old, new)
    found = [problem for problem in mistakes(folder) if sentence in problem.sentence]
    assert [(problem.file.name, problem.line) for problem in found] == [(name, line)]


@pytest.mark.parametrize("key", ["name", "address", "contact"])
def test_an_organiser_has_to_say_who_they_are(folder: Path, key: str) -> None:
    text = (folder / "campaign.toml").read_text("utf-8")
    head, _, tail = text.partition("[organiser]")
    (folder / "campaign.toml").write_text(f"{head}[organiser]" + tail.replace(f"{key} = ", "# ", 1))
    problems = mistakes(folder)
    assert [problem.sentence for problem in problems] == [f"'{key}' is missing."]
    assert problems[0].line == head.count("\n") + 1


def test_a_string_missing_in_a_language_is_named(folder: Path) -> None:
    edit(folder / "es.md", "learn_more = ", "# ")
    assert [str(problem.sentence) for problem in mistakes(folder)] == ["'learn_more' is missing."]


@pytest.mark.parametrize("section", ["explainer", "privacy"])
def test_a_missing_section_is_named(folder: Path, section: str) -> None:
    edit(folder / "en.md", f"\n# {section}\n", "\n")
    assert f"The section '# {section}' is missing or empty." in [
        problem.sentence for problem in mistakes(folder)
    ]


def test_a_missing_language_file_is_named(folder: Path) -> None:
    (folder / "es.md").unlink()
    problems = mistakes(folder)
    assert {problem.file.name for problem in problems} == {"es.md"}
    assert "The file is missing." in [problem.sentence for problem in problems]


def test_a_file_that_is_there_but_closed_is_not_called_missing(folder: Path) -> None:
    (folder / "es.md").unlink()
    (folder / "es.md").mkdir()
    sentences = [problem.sentence for problem in mistakes(folder)]
    assert "The file cannot be read (Is a directory)." in sentences


def test_a_missing_gloss_is_found_at_its_message(folder: Path) -> None:
    line = edit(folder / "messages.toml", 'es = "', '# es = "')
    (problem,) = mistakes(folder)
    assert problem.sentence == "'es' is missing."
    assert line - 4 <= problem.line < line


def test_a_new_language_needs_its_file_and_its_glosses(folder: Path) -> None:
    edit(folder / "campaign.toml", '"es"]', '"es", "tlh"]')
    assert {problem.file.name for problem in mistakes(folder)} == {
        "campaign.toml",
        "tlh.md",
        "messages.toml",
    }


@pytest.mark.parametrize("folder", [HKETO, TAPS], ids=["hketo", "school-taps"])
def test_what_is_won_has_to_be_said(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / folder.name))
    edit(copy / "campaign.toml", 'state = "live"', 'state = "won"')
    edit(copy / "es.md", "won = ", "# ")
    (problem,) = mistakes(copy)
    assert (problem.file.name, problem.sentence) == ("es.md", "'won' is missing.")


def test_an_id_used_twice_is_found(folder: Path) -> None:
    edit(folder / "messages.toml", 'id = "finding"', 'id = "premise"')
    assert [problem.sentence for problem in mistakes(folder)] == ["The id 'premise' is used twice."]


def test_too_few_messages_are_found(folder: Path) -> None:
    edit(folder / "messages.toml", 'for = "thank"', 'for = "ask"')
    (problem,) = mistakes(folder)
    assert problem.sentence == "There are fewer than 3 'tweets' to thank."


def test_an_empty_folder_is_not_a_campaign(tmp_path: Path) -> None:
    assert "The file is missing." in [problem.sentence for problem in mistakes(tmp_path)]


@pytest.mark.parametrize("name", ["campaign.toml", "en.md", "messages.toml"])
def test_a_line_separator_pasted_into_a_text_is_no_mistake(folder: Path, name: str) -> None:
    edit(folder / name, " the ", " the\u2028\x85")
    assert mistakes(folder) == ()
