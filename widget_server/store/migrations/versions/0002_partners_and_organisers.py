"""Labelled placements, where widgets were seen, webhooks, and who did what."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add columns with defaults, and tables that the version before does not know."""
    for table in ("submissions", "actions"):
        source = sa.Column("source", sa.String(24), nullable=False, server_default="")
        op.add_column(table, source)
    _sources()
    _origins()
    _webhooks()
    _audit()


def _sources() -> None:
    op.create_table(
        "source_tallies",
        sa.Column("campaign", sa.String(64), primary_key=True),
        sa.Column("partner", sa.String(64), primary_key=True),
        sa.Column("source", sa.String(24), primary_key=True),
        sa.Column("day", sa.Date, primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("shard", sa.Integer, primary_key=True),
        sa.Column("n", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "sources",
        sa.Column("partner", sa.String(64), primary_key=True),
        sa.Column("source", sa.String(24), primary_key=True),
    )


def _origins() -> None:
    op.create_table(
        "origins",
        sa.Column("partner", sa.String(64), primary_key=True),
        sa.Column("origin", sa.String(255), primary_key=True),
        sa.Column("refused", sa.Boolean, primary_key=True),
        sa.Column("first_day", sa.Date, nullable=False),
        sa.Column("last_day", sa.Date, nullable=False),
    )


def _webhooks() -> None:
    op.create_table(
        "webhooks",
        sa.Column("partner", sa.String(64), primary_key=True),
        sa.Column("url", sa.String(2000), nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("next_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True)),
        sa.Column("last_result", sa.String(200), nullable=False),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.String(24), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.String(80), nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(64), nullable=False),
        sa.Column("details", sa.JSON, nullable=False),
    )
    op.create_index("audit_by_time", "audit", ["at"])
    op.create_table(
        "generations",
        sa.Column("name", sa.String(40), primary_key=True),
        sa.Column("n", sa.Integer, nullable=False),
    )
