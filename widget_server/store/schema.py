"""The tables, the same on SQLite and PostgreSQL. Personal data is only ever inside ``envelope``.

Every unique key begins with the campaign, so that a distributed engine can spread the rows.
A partner of ``""`` means that nobody is to be thanked for the row (see ``UNATTRIBUTED``).
"""

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    TypeDecorator,
    and_,
)

#: What stands in a row's ``partner`` when no partner brought the visit. Not NULL, because
#: unique keys and joins treat NULLs as strangers to each other.
UNATTRIBUTED = ""


class Instant(TypeDecorator[datetime]):
    """An aware UTC time; SQLite itself forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Store UTC."""
        return value and value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give the zone back."""
        return value and value.replace(tzinfo=value.tzinfo or UTC)


def _source() -> Column[str]:
    """Which of a partner's placements brought the visit."""
    comment = "The partner's own label; '': none."
    return Column("source", String(24), nullable=False, server_default="", comment=comment)


metadata = MetaData()

partners = Table(
    "partners",
    metadata,
    Column("slug", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("sites", JSON, nullable=False, comment="Origins that may frame the widget."),
    Column("generation", Integer, nullable=False),
    Column("lowest_generation", Integer, nullable=False, comment="Older embeds count for nobody."),
    Column("session_generation", Integer, nullable=False),
    Column("api_generation", Integer, nullable=False),
    Column("created_at", Instant, nullable=False),
)

submissions = Table(
    "submissions",
    metadata,
    Column("campaign", String(64), primary_key=True),
    Column("visit", String(64), primary_key=True, comment="See visits.py. Stored once."),
    Column("reference", String(16), nullable=False, comment="What the visitor was given."),
    Column("partner", String(64), nullable=False),
    Column("supporter", LargeBinary(16), comment="Blind index of the email; NULL: anonymous."),
    Column("first", Boolean, nullable=False, comment="This row brought a new supporter."),
    Column("overlap", Boolean, nullable=False, comment="Another partner had brought them."),
    Column("district", String(8), comment="NULL: unknown, or the campaign does not keep it."),
    Column("language", String(16), nullable=False, comment="'': the campaign does not keep it."),
    Column("day", Date, nullable=False, comment="In the campaign's time zone, fixed."),
    Column("consent", String(64), comment="Version of the words agreed to."),
    Column("envelope", LargeBinary, comment="Sealed to the organiser; NULL without consent."),
    _source(),
    Column(
        "status",
        String(12),
        nullable=False,
        server_default="counted",
        comment="One of model.SubmissionStatus.",
    ),
    Column("signs", String(40), nullable=False, server_default="", comment="Of no honest visitor."),
    Column("content_key", LargeBinary(16), comment="What opens the envelope, once it is opened."),
)

#: Keys that close envelopes, each sealed to the organiser and to the recovery key.
content_keys = Table(
    "content_keys",
    metadata,
    Column("campaign", String(64), primary_key=True),
    Column("id", LargeBinary(16), primary_key=True),
    Column("day", Date, nullable=False),
    Column("wrapped", LargeBinary, nullable=False),
)

#: What was set aside by one decision, and may come back by another.
invalidations = Table(
    "invalidations",
    metadata,
    Column("campaign", String(64), primary_key=True),
    Column("id", String(24), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", String(80), nullable=False),
    Column("rule", JSON, nullable=False, comment="Which submissions it was about."),
    Column("n", Integer, nullable=False),
    Column("undone_at", Instant),
)

#: How each of them stood before.
invalidated = Table(
    "invalidated",
    metadata,
    Column("campaign", String(64), primary_key=True),
    Column("visit", String(64), primary_key=True),
    Column("invalidation", String(24), nullable=False),
    Column("status", String(12), nullable=False),
    Column("first", Boolean, nullable=False),
    Column("overlap", Boolean, nullable=False),
)
Index("invalidated_together", invalidated.c.campaign, invalidated.c.invalidation)

#: One row per supporter is the first; also what makes two racing processes agree.
Index(
    "one_first_submission",
    submissions.c.campaign,
    submissions.c.supporter,
    unique=True,
    sqlite_where=submissions.c.first.is_(True),
    postgresql_where=submissions.c.first.is_(True),
)

#: Has this person come again through this partner? Most people never do, so that it stays small:
#: an index of everybody would cost each insert another page from anywhere in the file.
_LATER = and_(submissions.c.first.is_(False), submissions.c.supporter.is_not(None))
Index(
    "later_submission",
    submissions.c.campaign,
    submissions.c.supporter,
    submissions.c.partner,
    sqlite_where=_LATER,
    postgresql_where=_LATER,
)

actions = Table(
    "actions",
    metadata,
    Column("campaign", String(64), primary_key=True),
    Column("visit", String(64), primary_key=True, comment="See visits.py."),
    Column("kind", String(8), primary_key=True),
    Column("legislator", String(32), primary_key=True, comment="See visits.py."),
    Column("partner", String(64), nullable=False),
    Column("day", Date, nullable=False),
    Column("first", Boolean, nullable=False, comment="The visit's first tweet, email or call."),
    _source(),
)

#: A visit has acted once, whatever order and however many processes its acts arrive in.
Index(
    "one_first_action",
    actions.c.campaign,
    actions.c.visit,
    unique=True,
    sqlite_where=actions.c.first.is_(True),
    postgresql_where=actions.c.first.is_(True),
)

tallies = Table(
    "tallies",
    metadata,
    Column("campaign", String(64), primary_key=True),
    Column("partner", String(64), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(16), primary_key=True, comment="One of model.COUNT_KINDS."),
    Column("shard", Integer, primary_key=True, comment="Processes add to rows of their own."),
    Column("n", BigInteger, nullable=False),
)

#: The part of the tallies that came through labelled placements.
source_tallies = Table(
    "source_tallies",
    metadata,
    Column("campaign", String(64), primary_key=True),
    Column("partner", String(64), primary_key=True),
    Column("source", String(24), primary_key=True),
    Column("day", Date, primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("shard", Integer, primary_key=True),
    Column("n", BigInteger, nullable=False),
)

sources = Table(
    "sources",
    metadata,
    Column("partner", String(64), primary_key=True),
    Column("source", String(24), primary_key=True),
)

origins = Table(
    "origins",
    metadata,
    Column("partner", String(64), primary_key=True),
    Column("origin", String(255), primary_key=True, comment="The site of a page, not its address."),
    Column("refused", Boolean, primary_key=True, comment="It was not among the partner's sites."),
    Column("first_day", Date, nullable=False),
    Column("last_day", Date, nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    Column("partner", String(64), primary_key=True),
    Column("url", String(2000), nullable=False),
    Column("secret", String(64), nullable=False, comment="Signs what is sent."),
    Column("period", String(8), nullable=False, comment="'hourly' or 'daily'."),
    Column("next_at", Instant, nullable=False),
    Column("failures", Integer, nullable=False, comment="Since the last success."),
    Column("last_at", Instant),
    Column("last_result", String(200), nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", String(24), primary_key=True),
    Column("at", Instant, nullable=False),
    Column("who", String(80), nullable=False, comment="'organiser', 'command' or a partner."),
    Column("what", String(40), nullable=False),
    Column("subject", String(64), nullable=False, comment="The partner or campaign it was about."),
    Column("details", JSON, nullable=False),
)
Index("audit_by_time", audit.c.at)

#: What is raised to end something for everybody at once.
generations = Table(
    "generations",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("n", Integer, nullable=False),
)

exports = Table(
    "exports",
    metadata,
    Column("campaign", String(64), primary_key=True),
    Column("id", String(40), primary_key=True, comment="See exports.py."),
    Column("at", Instant, nullable=False),
    Column("through", Date, nullable=False, comment="Everything up to this day was in it."),
    Column("n", Integer, nullable=False),
    Column("unopened", Integer, nullable=False, comment="So many did not open."),
    Column("acknowledged_at", Instant, comment="Somebody said that the file is safe."),
)

#: Campaigns whose blind index was destroyed.
closures = Table(
    "closures",
    metadata,
    Column("campaign", String(64), primary_key=True),
    Column("at", Instant, nullable=False),
)

#: What is done by itself, and when it last was.
tasks = Table(
    "tasks",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("last_at", Instant, nullable=False),
    Column("last_result", String(200), nullable=False),
)

#: How often something was asked for, where several processes have to know it.
limits = Table(
    "limits",
    metadata,
    Column("key", LargeBinary(16), primary_key=True, comment="A hash under a salt of the day."),
    Column("period", BigInteger, primary_key=True),
    Column("n", Integer, nullable=False),
)
