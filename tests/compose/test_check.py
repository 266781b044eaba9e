import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.compose.people import EVERYBODY, NOW
from widget_server.campaigns import example_campaigns, shipped_campaigns
from widget_server.compose.check import Today, check
from widget_server.compose.lengths import LONGEST

HKETO = shipped_campaigns() / "hketo"
TAPS = example_campaigns() / "school-taps"
TODAY = Today(NOW, 119, EVERYBODY)
#: A month into the 120th Congress.
LATER = Today(datetime(2027, 2, 1, tzinfo=UTC), 120, EVERYBODY)


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


@pytest.fixture
def taps(tmp_path: Path) -> Path:
    return Path(shutil.copytree(TAPS, tmp_path / "school-taps"))


@pytest.mark.parametrize("folder", [HKETO, TAPS], ids=["hketo", "school-taps"])
def test_what_is_shipped_has_no_mistakes(folder: Path) -> None:
    assert check(folder, today=TODAY) == []


def test_no_real_name_is_longer_than_those_checked_with() -> None:
    assert max(len(person.name) for person in EVERYBODY) <= len(LONGEST[0].name)
    assert max(len(person.last_name) for person in EVERYBODY) <= len(LONGEST[0].last_name)


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
    edit(folder / "campaign.toml", '"es"]', '"es", "tlh"]')
    assert {problem.file.name for problem in check(folder)} == {
        "campaign.toml",
        "tlh.md",
        "messages.toml",
    }


@pytest.mark.parametrize(
    ("name", "old", "new", "sentence"),
    [
        (
            "campaign.toml",
            'id = "governor"',
            'id = "P000197"',
            "'id' is not made of small letters, digits and hyphens: 'P000197'.",
        ),
        ("campaign.toml", "governor@", "governor at ", "'email' is not an email address"),
        ("campaign.toml", "202-555-0143", "(202) 555 0143", "is not a number such as 202-555-0100"),
        ("campaign.toml", "as_of = 2026-11-01", "as_of = 'November'", "is not a day such as"),
        ("campaign.toml", "as_of = 2026-11-01", "as_of = 2026-11-01T00:00:00Z", "is not a day"),
        ("campaign.toml", "short_title", "short", "'short' is not a key that is known"),
        ("campaign.toml", "[matter]", "[[bills]]", "'bills' is not a key that is known"),
    ],
)
def test_a_mistake_about_targets_is_found_on_its_line(
    taps: Path, name: str, old: str, new: str, sentence: str
) -> None:
    line = edit(taps / name, old, new)
    found = [problem for problem in check(taps) if sentence in problem.sentence]
    assert [(problem.file.name, problem.line) for problem in found] == [(name, line)]


def test_a_target_needs_a_way_for_letters(taps: Path) -> None:
    for key in ("email", "website"):
        edit(taps / "campaign.toml", f"{key} = ", "# ")
    (problem,) = check(taps)
    assert problem.sentence == "A target needs one of email, contact_form, website."


def test_an_office_needs_its_name_in_each_language(taps: Path) -> None:
    line = edit(taps / "campaign.toml", 'es = "Gobernación"', "")
    (problem,) = check(taps)
    assert problem.sentence == "'es' is missing."
    assert line - 6 <= problem.line < line


def test_two_targets_cannot_share_an_id(taps: Path) -> None:
    text = (taps / "campaign.toml").read_text("utf-8")
    target = "[[targets]]" + text.split("[[targets]]")[1].split("[afterwards]")[0]
    line = edit(taps / "campaign.toml", "[afterwards]", f"{target}[afterwards]")
    (problem,) = check(taps)
    assert problem.sentence == "The id 'governor' is used twice."
    assert problem.line == line + 1


@pytest.mark.parametrize("folder", [HKETO, TAPS], ids=["hketo", "school-taps"])
def test_what_is_won_has_to_be_said(folder: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(folder, tmp_path / folder.name))
    edit(copy / "campaign.toml", 'state = "live"', 'state = "won"')
    edit(copy / "es.md", "won = ", "# ")
    (problem,) = check(copy)
    assert (problem.file.name, problem.sentence) == ("es.md", "'won' is missing.")


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


def test_an_id_used_twice_is_found(folder: Path) -> None:
    edit(folder / "messages.toml", 'id = "finding"', 'id = "premise"')
    assert [problem.sentence for problem in check(folder)] == ["The id 'premise' is used twice."]


def test_too_few_messages_are_found(folder: Path) -> None:
    edit(folder / "messages.toml", 'for = "thank"', 'for = "ask"')
    (problem,) = check(folder)
    assert problem.sentence == "There are fewer than 3 'tweets' to thank."


def test_an_empty_folder_is_not_a_campaign(tmp_path: Path) -> None:
    assert "The file is missing." in [problem.sentence for problem in check(tmp_path)]
