import json

import pytest
from click.testing import CliRunner, Result

from widget_server.cli.find import find

NOW = "2026-11-22T15:00:00Z"


def run(*arguments: str, now: str = NOW) -> Result:
    return CliRunner().invoke(find, arguments, env={"THREESTEPS_NOW": now})


def test_people_are_printed_with_what_reaches_them() -> None:
    result = run("94110")
    assert result.exit_code == 0
    for fact in ("California's 11th", "Nancy Pelosi", "202-225-4965", "@SpeakerPelosi"):
        assert fact in result.output


def test_json_is_the_contract() -> None:
    body = json.loads(run(" 94110-1234 ", "--json").output)
    assert (body["status"], body["districts"]) == ("found", ["CA-11"])


def test_a_split_zip_asks() -> None:
    output = run("57638").output
    assert "Which is yours?" in output
    assert "Julie Fedorchak" in output
    assert "Dusty Johnson" in output


def test_a_vacancy_is_said_as_one() -> None:
    assert "Vacant: Texas's 23rd." in run("78840").output


def test_a_caucus_is_said() -> None:
    assert "caucuses with the Republicans" in run("95661").output


def test_a_zip_of_a_po_box_says_what_is_missing() -> None:
    assert "the district is not known" in run("00501").output


def test_after_a_change_of_congress_what_is_unknown_is_said() -> None:
    output = run("94110", now="2027-02-01").output
    assert "Not known yet who holds: California, US House." in output
    assert "120th Congress" in output


@pytest.mark.parametrize("typed", ["2139", "", "941-10"])
def test_what_is_no_zip_exits_with_2_and_a_sentence(typed: str) -> None:
    result = run(typed)
    assert result.exit_code == 2
    assert "Five digits are needed" in result.output


def test_json_of_what_is_no_zip_exits_with_2_too() -> None:
    result = run("2139", "--json")
    assert (result.exit_code, json.loads(result.output)["reason"]) == (2, "malformed")


@pytest.mark.parametrize(
    ("code", "words"),
    [("99999", "assigned"), ("96941", "Micronesia"), ("09012", "voting address")],
)
def test_nobody_found_is_an_answer_with_a_sentence(code: str, words: str) -> None:
    result = run(code)
    assert result.exit_code == 0
    assert words in result.output
