"""INSERT ... ON CONFLICT, the one construct that SQLAlchemy leaves to each dialect.

Statements are built once: building them costs more than running them.
"""

from functools import cache

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

Insert = sqlite.Insert | postgresql.Insert


def insert_or_skip(connection: Connection, table: Table) -> Insert:
    """Insert a row unless it breaks a unique rule of the table."""
    return _insert_or_skip(connection.dialect.name, table)


def insert_or_add(connection: Connection, table: Table, number: str) -> Insert:
    """Insert a row, or add its number to the one that has its primary key."""
    return _insert_or_add(connection.dialect.name, table, number)


@cache
def _insert_or_skip(dialect: str, table: Table) -> Insert:
    return _insert(dialect, table).on_conflict_do_nothing()


@cache
def _insert_or_add(dialect: str, table: Table, number: str) -> Insert:
    insert = _insert(dialect, table)
    return insert.on_conflict_do_update(
        index_elements=list(table.primary_key),
        set_={number: table.c[number] + insert.excluded[number]},
    )


def _insert(dialect: str, table: Table) -> Insert:
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)
