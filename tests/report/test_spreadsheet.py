"""People in a file that a spreadsheet can open safely, whatever its settings."""

import csv
import io
import re

import pytest

from tests.report.hostile import NAMES
from tests.web.hostile.payloads import PAYLOADS
from widget_server.report.export import FIELDS
from widget_server.report.spreadsheet import COLUMNS, Spreadsheet, harmless

SIGNS = tuple("=+-@＝＋－＠﹦−")
PERSON = {field: f"the {field}" for field in FIELDS}


@pytest.mark.parametrize(
    "cell",
    ["=cmd()", "+1", "-1", "@SUM(A1)", " =1", "＝1", "＋1", "－1", "＠x", "−1", "\ufeff=1", '"=1"'],
)
def test_a_formula_is_shown_and_not_calculated(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["\tAda", "\rAda", "\nAda"])
def test_a_sign_that_spreadsheets_drop_does_not_begin_a_cell(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "Ada", "ada@example.org", "A=B", "林鄭", "'quoted'", "94110", "Lovelace, Ada"]
)
def test_any_other_cell_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


@pytest.mark.parametrize("separator", [";", ",", "|", "\t", "\n"])
def test_a_formula_behind_another_separator_is_made_harmless(separator: str) -> None:
    assert harmless(f"Bob{separator} =1+1") == f"Bob{separator}' =1+1"


@pytest.mark.parametrize("name", [*NAMES, *PAYLOADS])
def test_no_cell_begins_with_a_formula_wherever_it_is_split(name: str) -> None:
    cells = re.split(r"[,;|\t\r\n]", harmless(name))
    assert not [cell for cell in cells if cell.strip(' "\ufeff\u200b')[:1] in SIGNS]


def test_every_cell_is_quoted() -> None:
    file = io.StringIO()
    Spreadsheet(file).write({**PERSON, "name": 'a "b", c\nd', "zip": "=cmd()"})
    header, row = csv.reader(io.StringIO(file.getvalue(), newline=""))
    assert header == list(COLUMNS)
    assert row[COLUMNS.index("name")] == 'a "b", c\nd'
    assert row[COLUMNS.index("zip")] == "'=cmd()"
    assert file.getvalue().startswith('"reference",')
