"""What is set aside, sealed keys, exports, and when things were last deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add columns with defaults, and tables that the version before does not know."""
    status = sa.Column("status", sa.String(12), nullable=False, server_default="counted")
    op.add_column("submissions", status)
    op.add_column(
        "submissions", sa.Column("signs", sa.String(40), nullable=False, server_default="")
    )
    op.add_column("submissions", sa.Column("content_key", sa.LargeBinary(16)))
    _content_keys()
    _invalidations()
    _ends()


def _content_keys() -> None:
    op.create_table(
        "content_keys",
        sa.Column("campaign", sa.String(64), primary_key=True),
        sa.Column("id", sa.LargeBinary(16), primary_key=True),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
    )


def _invalidations() -> None:
    op.create_table(
        "invalidations",
        sa.Column("campaign", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("rule", sa.JSON, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("undone_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "invalidated",
        sa.Column("campaign", sa.String(64), primary_key=True),
        sa.Column("visit", sa.String(64), primary_key=True),
        sa.Column("invalidation", sa.String(24), nullable=False),
        sa.Column("status", sa.String(12), nullable=False),
        sa.Column("first", sa.Boolean, nullable=False),
        sa.Column("overlap", sa.Boolean, nullable=False),
    )
    op.create_index("invalidated_together", "invalidated", ["campaign", "invalidation"])


def _ends() -> None:
    op.create_table(
        "exports",
        sa.Column("campaign", sa.String(64), primary_key=True),
        sa.Column("id", sa.String(40), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("through", sa.Date, nullable=False),
        sa.Column("n", sa.Integer, nullable=False),
        sa.Column("unopened", sa.Integer, nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True)),
    )
    op.create_table(
        "closures",
        sa.Column("campaign", sa.String(64), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "tasks",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_result", sa.String(200), nullable=False),
    )
    op.create_table(
        "limits",
        sa.Column("key", sa.LargeBinary(16), primary_key=True),
        sa.Column("period", sa.BigInteger, primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
    )
