"""Envelopes opened offline, in files that a spreadsheet can open safely."""

import csv
import io
import json

import pytest

from widget_server.report.export import COLUMNS, csv_writer, harmless, jsonl_writer

PERSON = {column: f"the {column}" for column in COLUMNS}


@pytest.mark.parametrize(
    "cell",
    ["=cmd()", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", " =1", "＝1", "＋1", "－1", "＠x"],
)
def test_a_formula_is_shown_and_not_calculated(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "Ada", "ada@example.org", "A=B", "林鄭", "'quoted'", "94110"])
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("separator", [";", "|", "\t"])
def test_a_formula_behind_another_separator_is_made_harmless(separator: str) -> None:
    assert harmless(f"Bob{separator} =1+1") == f"Bob{separator}' =1+1"


def test_csv_quotes_every_cell() -> None:
    file = io.StringIO()
    csv_writer(file)({**PERSON, "name": 'a "b", c\nd', "zip": "=cmd()"})
    header, row = csv.reader(io.StringIO(file.getvalue()))
    assert header == list(COLUMNS)
    assert row[COLUMNS.index("name")] == 'a "b", c\nd'
    assert row[COLUMNS.index("zip")] == "'=cmd()"
    assert file.getvalue().startswith('"reference",')


def test_jsonl_keeps_what_was_typed() -> None:
    file = io.StringIO()
    write = jsonl_writer(file)
    for name in ("=cmd()", "a\nb", "\u202eadA"):
        write({**PERSON, "name": name})
    names = [json.loads(line)["name"] for line in file.getvalue().splitlines()]
    assert names == ["=cmd()", "a\nb", "\u202eadA"]
