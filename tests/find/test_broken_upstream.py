"""Upstream files that are missing, cut short or misshapen are refused by name."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.find.upstream import ASSIGNED, UPSTREAM
from widget_server.errors import RosterError
from widget_server.find.build.gather import gather

LEGISLATORS = "legislators-current.json"
ACCOUNTS = "legislators-social-media.json"
CHANGES = "roster-changes-since-snapshot.json"
FILES = sorted(path.name for path in UPSTREAM.iterdir())


def refusal(folder: Path) -> str:
    with pytest.raises(RosterError) as refused:
        gather(folder, ASSIGNED)
    return refused.value.sentence


def edit(path: Path, change: Callable[[Any], None]) -> None:
    content = json.loads(path.read_text())
    change(content)
    path.write_text(json.dumps(content))


@pytest.mark.parametrize("name", FILES)
def test_a_missing_file_is_named(upstream: Path, name: str) -> None:
    (upstream / name).unlink()
    assert name in refusal(upstream)


@pytest.mark.parametrize("name", FILES)
def test_a_file_whose_end_was_cut_off_is_named(upstream: Path, name: str) -> None:
    path = upstream / name
    path.write_bytes(path.read_bytes().rstrip()[:-1])
    assert name in refusal(upstream)


@pytest.mark.parametrize("name", FILES)
def test_an_empty_file_is_named(upstream: Path, name: str) -> None:
    (upstream / name).write_bytes(b"")
    assert name in refusal(upstream)


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_not_text_is_named(upstream: Path, name: str) -> None:
    (upstream / name).write_bytes(b"\x80\x81\n")
    assert name in refusal(upstream)


@pytest.mark.parametrize("name", [LEGISLATORS, ACCOUNTS, CHANGES])
def test_a_json_file_of_another_shape_is_named(upstream: Path, name: str) -> None:
    (upstream / name).write_text("null")
    assert name in refusal(upstream)


@pytest.mark.parametrize("key", ["state", "start", "end", "type", "party", "district"])
def test_a_term_without_a_needed_field_names_person_and_field(upstream: Path, key: str) -> None:
    edit(upstream / LEGISLATORS, lambda people: people[0]["terms"][-1].pop(key))
    sentence = refusal(upstream)
    assert "A000001" in sentence
    assert key in sentence


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("party", "D"),
        ("state", "XX"),
        ("state", 6),
        ("type", "prez"),
        ("end", "soon"),
        ("district", "11"),
        ("url", "javascript:alert(1)"),
        ("phone", "202\r\nBcc: x"),
    ],
)
def test_a_term_with_a_wrong_value_names_the_person(
    upstream: Path, key: str, value: object
) -> None:
    edit(upstream / LEGISLATORS, lambda people: people[0]["terms"][-1].update({key: value}))
    assert f"{LEGISLATORS}, entry 1 (A000001)" in refusal(upstream)


def test_a_person_without_terms_is_named(upstream: Path) -> None:
    edit(upstream / LEGISLATORS, lambda people: people[0]["terms"].clear())
    assert "A000001" in refusal(upstream)


def test_two_people_in_one_seat_are_refused(upstream: Path) -> None:
    edit(upstream / LEGISLATORS, lambda people: people.append(people[0]))
    assert "CA-11 is held twice" in refusal(upstream)


def test_an_entry_that_is_no_object_is_refused(upstream: Path) -> None:
    edit(upstream / LEGISLATORS, lambda people: people.append("Ana"))
    assert "entry 17" in refusal(upstream)


def test_a_handle_that_would_break_a_tweet_is_refused(upstream: Path) -> None:
    edit(upstream / ACCOUNTS, lambda all_: all_[0]["social"].update(twitter="Rep Arroyo"))
    assert "'Rep Arroyo' is no x handle" in refusal(upstream)


def test_a_change_by_somebody_who_holds_no_seat_is_refused(upstream: Path) -> None:
    edit(upstream / CHANGES, lambda file: file["changes"][0]["out"].update(bioguide="Z000099"))
    assert "Z000099 does not hold SC-SEN" in refusal(upstream)


def test_a_change_in_which_nobody_comes_or_goes_is_refused(upstream: Path) -> None:
    edit(upstream / CHANGES, lambda file: file["changes"][2].update(out=None))
    assert "nobody came or went" in refusal(upstream)


def test_changes_without_the_list_of_vacancies_are_refused(upstream: Path) -> None:
    edit(upstream / CHANGES, lambda file: file.pop("still_vacant_as_of_2026_09_08"))
    assert "still_vacant_as_of_" in refusal(upstream)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("06,CA,9411,11", "'9411' is no ZIP"),
        ("06,XX,94110,11", "'XX' has no seat"),
        ("06,CA,94110,ZZ", "'ZZ' is no district"),
        ("06,CA,94110", "not 4 columns"),
    ],
)
def test_a_wrong_row_is_named_by_its_line(upstream: Path, row: str, what: str) -> None:
    path = upstream / "zccd.csv"
    path.write_bytes(path.read_bytes() + row.encode() + b"\r\n")
    sentence = refusal(upstream)
    assert "zccd.csv, line 20" in sentence
    assert what in sentence


def test_other_columns_are_refused(upstream: Path) -> None:
    (upstream / "zccd.csv").write_text("zip,district\n94110,11\n")
    assert "the columns are not state_fips" in refusal(upstream)


def test_a_page_in_place_of_a_table_is_refused(upstream: Path) -> None:
    (upstream / "zccd.csv").write_text("<html>" + "x" * 200_000 + "</html>\n")
    assert "zccd.csv" in refusal(upstream)
