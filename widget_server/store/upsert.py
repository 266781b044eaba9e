"""Many rows in one INSERT ... ON CONFLICT; how many, or which, went in out.

One statement for a whole batch: on PostgreSQL it is one round trip; on SQLite every step of a
statement gives the interpreter's lock away, and under load it comes back late. SQLAlchemy would
compile a statement of this form anew each time, and psycopg look for marks in all of it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any

from sqlalchemy import Connection, CursorResult, Dialect, Table

Rows = Sequence[Mapping[str, Any]]

#: With twelve columns far below the most variables that either engine takes (32,766).
ROWS_AT_ONCE = 512


def insert_or_skip(connection: Connection, table: Table, rows: Rows) -> int:
    """Insert the rows that break no unique rule of the table; how many those were."""
    return sum(done.rowcount for done in _insert(connection, table, rows, _SKIP))


def insert_new(connection: Connection, table: Table, rows: Rows) -> set[tuple[Any, ...]]:
    """The same; the primary keys, texts all, of the rows that went in."""
    conflict = f"{_SKIP} RETURNING {', '.join(_key(table))}"
    return {tuple(row) for done in _insert(connection, table, rows, conflict) for row in done}


def insert_or_add(connection: Connection, table: Table, number: str, rows: Rows) -> None:
    """Insert the rows, or add their number to those that have their primary keys."""
    _insert_or_change(
        connection, table, f"{number} = {table.name}.{number} + excluded.{number}", rows
    )


def insert_or_set(connection: Connection, table: Table, number: str, rows: Rows) -> None:
    """Insert the rows, or give their number to those that have their primary keys."""
    _insert_or_change(connection, table, f"{number} = excluded.{number}", rows)


def _insert_or_change(connection: Connection, table: Table, change: str, rows: Rows) -> None:
    conflict = f"ON CONFLICT ({', '.join(_key(table))}) DO UPDATE SET {change}"
    for done in _insert(connection, table, rows, conflict):
        done.close()


_SKIP = "ON CONFLICT DO NOTHING"


def _insert(
    connection: Connection, table: Table, rows: Rows, conflict: str
) -> Iterator[CursorResult[Any]]:
    prepare = _by_row if connection.dialect.name == "sqlite" else _by_column
    converters = _converters(connection.dialect, table)
    for start in range(0, len(rows), ROWS_AT_ONCE):
        some = [
            [convert(row[name]) if convert else row[name] for name, convert in converters]
            for row in rows[start : start + ROWS_AT_ONCE]
        ]
        source, values = prepare(connection.dialect, table, some)
        into = f"INSERT INTO {table.name} ({', '.join(table.columns.keys())})"
        yield connection.exec_driver_sql(f"{into} {source} {conflict}", values)


def _by_row(_: Dialect, table: Table, rows: list[list[Any]]) -> tuple[str, tuple[Any, ...]]:
    """A mark for each value."""
    row = f"({', '.join('?' * len(table.columns))})"
    return f"VALUES {', '.join([row] * len(rows))}", tuple(chain.from_iterable(rows))


def _by_column(
    dialect: Dialect, table: Table, rows: list[list[Any]]
) -> tuple[str, tuple[Any, ...]]:
    """An array for each column: the same short statement for any number of rows."""
    arrays = ", ".join(f"%s::{kind}[]" for kind in _types(dialect, table))
    columns = tuple(map(list, zip(*rows, strict=True)))
    return f"SELECT * FROM unnest({arrays})", columns  # noqa: S608 # names of types only


@lru_cache
def _types(dialect: Dialect, table: Table) -> list[str]:
    return [column.type.compile(dialect) for column in table.columns]


@lru_cache
def _converters(dialect: Dialect, table: Table) -> list[tuple[str, Callable[[Any], Any] | None]]:
    """Each column, and what makes its values the driver's, None where they are already."""
    return [
        (column.name, column.type.dialect_impl(dialect).bind_processor(dialect))
        for column in table.columns
    ]


def _key(table: Table) -> list[str]:
    return [column.name for column in table.primary_key]
