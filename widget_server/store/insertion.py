"""Rows that may be there already: a table and what to do about those in; SQL's words for it out."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from sqlalchemy import Table


@dataclass(frozen=True)
class Insertion:
    """An INSERT whose rows may break a unique rule of the table.

    They are skipped; or, where it is the primary key, their ``number`` is added to that of the
    row that is there, or set in its place. ``returning``: the keys of those that went in.
    """

    table: Table
    clash: Literal["skip", "add", "set"] = "skip"
    number: str = ""
    returning: bool = False

    @cached_property
    def key(self) -> str:
        """The columns of the primary key."""
        return ", ".join(column.name for column in self.table.primary_key)

    @cached_property
    def into(self) -> str:
        """What comes before the rows."""
        return f"INSERT INTO {self.table.name} ({', '.join(self.table.columns.keys())})"

    @cached_property
    def on_conflict(self) -> str:
        """What comes after them, where a database understands PostgreSQL's words for it."""
        if self.clash == "skip":
            return f"ON CONFLICT DO NOTHING{f' RETURNING {self.key}' if self.returning else ''}"
        before = f"{self.table.name}.{self.number} + " if self.clash == "add" else ""
        change = f"{self.number} = {before}excluded.{self.number}"
        return f"ON CONFLICT ({self.key}) DO UPDATE SET {change}"
