from pathlib import Path

import pytest

from tests.campaigns.folders import edit, mistakes


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
    found = [problem for problem in mistakes(taps) if sentence in problem.sentence]
    assert [(problem.file.name, problem.line) for problem in found] == [(name, line)]


def test_a_target_needs_a_way_for_letters(taps: Path) -> None:
    for key in ("email", "website"):
        edit(taps / "campaign.toml", f"{key} = ", "# ")
    (problem,) = mistakes(taps)
    assert problem.sentence == "A target needs one of email, contact_form, website."


def test_an_office_needs_its_name_in_each_language(taps: Path) -> None:
    line = edit(taps / "campaign.toml", 'es = "Gobernación"', "")
    (problem,) = mistakes(taps)
    assert problem.sentence == "'es' is missing."
    assert line - 6 <= problem.line < line


def test_two_targets_cannot_share_an_id(taps: Path) -> None:
    text = (taps / "campaign.toml").read_text("utf-8")
    target = "[[targets]]" + text.split("[[targets]]")[1].split("[afterwards]")[0]
    line = edit(taps / "campaign.toml", "[afterwards]", f"{target}[afterwards]")
    (problem,) = mistakes(taps)
    assert problem.sentence == "The id 'governor' is used twice."
    assert problem.line == line + 1
