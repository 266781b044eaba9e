"""Many rows in one INSERT that knows what to do about those that are there; what went in out.

One statement for a whole batch: on PostgreSQL it is one round trip; on SQLite every step of a
statement gives the interpreter's lock away, and under load it comes back late. SQLAlchemy would
compile a statement of this form anew each time, and psycopg look for marks in all of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Table

from .engine import database_of
from .insertion import Insertion

Rows = Sequence[Mapping[str, Any]]

#: With twelve columns far below the most variables that SQLite takes (32,766).
ROWS_AT_ONCE = 512

#: There are few, and their words are the same each time.
_insertion = lru_cache(Insertion)


def insert_or_skip(connection: Connection, table: Table, rows: Rows) -> int:
    """Insert the rows that break no unique rule of the table; how many those were."""
    return sum(done.rowcount for done in _insert(connection, _insertion(table), rows))


def insert_new(connection: Connection, table: Table, rows: Rows) -> set[tuple[Any, ...]]:
    """The same; the primary keys, texts all, of the rows that went in."""
    insertion = _insertion(table, returning=True)
    return {tuple(row) for done in _insert(connection, insertion, rows) for row in done}


def insert_or_add(connection: Connection, table: Table, number: str, rows: Rows) -> None:
    """Insert the rows, or add their number to those that have their primary keys."""
    for done in _insert(connection, _insertion(table, "add", number), rows):
        done.close()


def insert_or_set(connection: Connection, table: Table, number: str, rows: Rows) -> None:
    """Insert the rows, or give their number to those that have their primary keys."""
    for done in _insert(connection, _insertion(table, "set", number), rows):
        done.close()


def _insert(
    connection: Connection, insertion: Insertion, rows: Rows
) -> Iterator[CursorResult[Any]]:
    if not rows:
        return
    database = database_of(connection)
    converters = _converters(connection.dialect, insertion.table)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = [
            [convert(row[name]) if convert else row[name] for name, convert in converters]
            for row in rows[start : start + ROWS_AT_ONCE]
        ]
        yield connection.exec_driver_sql(*database.insert(connection.dialect, insertion, some))


@lru_cache
def _converters(dialect: Dialect, table: Table) -> list[tuple[str, Callable[[Any], Any] | None]]:
    """Each column, and what makes its values the driver's, None where they are already."""
    return [
        (column.name, column.type.dialect_impl(dialect).bind_processor(dialect))
        for column in table.columns
    ]
