"""What is kept is what docs/privacy.md says is kept."""

import re
from pathlib import Path

import pytest
from sqlalchemy import LargeBinary, Table

from widget_server.store.retention import EMPTY, KEPT_AFTER_CLOSE, KEPT_AFTER_EXPORT
from widget_server.store.schema import metadata, submissions

PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"
TABLES = list(metadata.tables.values())
COUNTED = [table for table in TABLES if "campaign" in table.columns]


def cells(table: Table) -> list[str]:
    """What privacy.md says of a table: its name, of whom, columns, whether personal, how long."""
    lines = PRIVACY.read_text("utf-8").splitlines()
    [line] = [line for line in lines if line.startswith(f"| `{table.name}`")]
    return [cell.strip() for cell in line.strip("|").split("|")]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_privacy_names_every_column(table: Table) -> None:
    columns = re.findall(r"`(\w+)`", cells(table)[2])
    assert columns == [column.name for column in table.columns]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_privacy_says_how_long_each_table_is_kept(table: Table) -> None:
    _, _, _, personal, kept = cells(table)
    assert kept.startswith(("as long as", "until", "rows stay"))
    assert (personal != "no") is (kept.startswith("rows stay")) is (table is submissions)


def test_privacy_says_what_is_deleted_and_when() -> None:
    kept = cells(submissions)[4]
    assert set(re.findall(r"`(\w+)`", kept)) == {*EMPTY, "supporter"}
    assert re.findall(r"\d+ days", kept) == [
        f"{KEPT_AFTER_EXPORT.days} days",
        f"{KEPT_AFTER_CLOSE.days} days",
    ]


def test_only_what_is_opaque_can_hold_personal_data() -> None:
    """Bytes are hashes or sealed; a new column of bytes has to be judged here."""
    columns = [column for table in TABLES for column in table.columns]
    opaque = {column.name for column in columns if isinstance(column.type, LargeBinary)}
    assert opaque == {"supporter", "envelope", "content_key", "id", "wrapped", "key"}


@pytest.mark.parametrize(
    "table",
    [table for table in TABLES if "campaign" in table.columns],
    ids=lambda table: table.name,
)
def test_every_unique_key_of_what_is_counted_begins_with_the_campaign(table: Table) -> None:
    keys = [table.primary_key.columns, *(index.columns for index in table.indexes if index.unique)]
    assert {next(iter(key)).name for key in keys} == {"campaign"}
