"""Partners, submissions, actions and tallies.

Databases from before there were steps have these tables already.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None

#: SQLite uses a partial index only where its condition is spelt as the query's is.
FIRST = sa.column("first", sa.Boolean)


def upgrade() -> None:
    """Create the tables and their indexes."""
    _partners()
    _submissions()
    _actions()
    _tallies()


def _partners() -> None:
    op.create_table(
        "partners",
        sa.Column("slug", sa.String(64), primary_key=True),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("sites", sa.JSON, nullable=False),
        sa.Column("generation", sa.Integer, nullable=False),
        sa.Column("lowest_generation", sa.Integer, nullable=False),
        sa.Column("session_generation", sa.Integer, nullable=False),
        sa.Column("api_generation", sa.Integer, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        if_not_exists=True,
    )


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("campaign", sa.String(64), primary_key=True),
        sa.Column("visit", sa.String(64), primary_key=True),
        sa.Column("reference", sa.String(16), nullable=False),
        sa.Column("partner", sa.String(64), nullable=False),
        sa.Column("supporter", sa.LargeBinary(16)),
        sa.Column("first", sa.Boolean, nullable=False),
        sa.Column("overlap", sa.Boolean, nullable=False),
        sa.Column("district", sa.String(8)),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("consent", sa.String(64)),
        sa.Column("envelope", sa.LargeBinary),
        if_not_exists=True,
    )
    _partial_index(
        "one_first_submission", "submissions", ["campaign", "supporter"], FIRST.is_(True), True
    )
    _partial_index(
        "later_submission",
        "submissions",
        ["campaign", "supporter", "partner"],
        sa.and_(FIRST.is_(False), sa.column("supporter").is_not(None)),
        False,
    )


def _actions() -> None:
    op.create_table(
        "actions",
        sa.Column("campaign", sa.String(64), primary_key=True),
        sa.Column("visit", sa.String(64), primary_key=True),
        sa.Column("kind", sa.String(8), primary_key=True),
        sa.Column("legislator", sa.String(32), primary_key=True),
        sa.Column("partner", sa.String(64), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("first", sa.Boolean, nullable=False),
        if_not_exists=True,
    )
    _partial_index("one_first_action", "actions", ["campaign", "visit"], FIRST.is_(True), True)


def _tallies() -> None:
    op.create_table(
        "tallies",
        sa.Column("campaign", sa.String(64), primary_key=True),
        sa.Column("partner", sa.String(64), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("shard", sa.Integer, primary_key=True),
        sa.Column("n", sa.BigInteger, nullable=False),
        if_not_exists=True,
    )


def _partial_index(
    name: str, table: str, columns: list[str], rows: sa.ColumnElement[bool], unique: bool
) -> None:
    op.create_index(
        name,
        table,
        columns,
        unique=unique,
        sqlite_where=rows,
        postgresql_where=rows,
        if_not_exists=True,
    )
