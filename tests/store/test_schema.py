"""What is kept is what docs/privacy.md says is kept."""

import re
from pathlib import Path

import pytest
from sqlalchemy import Table

from widget_server.store.schema import metadata

PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"
TABLES = list(metadata.tables.values())
COUNTED = [table for table in TABLES if "campaign" in table.columns]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_privacy_names_every_column(table: Table) -> None:
    line = next(
        line for line in PRIVACY.read_text("utf-8").splitlines() if f"| `{table.name}`" in line
    )
    columns = re.findall(r"`(\w+)`", line.split("|")[3])
    assert columns == [column.name for column in table.columns]


@pytest.mark.parametrize(
    "table",
    [table for table in TABLES if "campaign" in table.columns],
    ids=lambda table: table.name,
)
def test_every_unique_key_of_what_is_counted_begins_with_the_campaign(table: Table) -> None:
    keys = [table.primary_key.columns, *(index.columns for index in table.indexes if index.unique)]
    assert {next(iter(key)).name for key in keys} == {"campaign"}
