"""Everything in the database, read strictly: a service in, what should not be there out."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import get_args

from sqlalchemy import Connection, RowMapping, Table, select

from widget_server.errors import PartnerError
from widget_server.model import ACT_KINDS, COUNT_KINDS, SubmissionStatus
from widget_server.store import schema
from widget_server.store.sites import parse_sites
from widget_server.store.webhooks import Period
from widget_server.web.service import Service

SLUG = r"[a-z0-9-]{1,64}"
SOURCE = r"[a-z0-9-]{0,24}"
PARTNER = rf"|{SLUG}"
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

#: What every text of these tables has to be, to the letter.
SHAPES: Mapping[Table, Mapping[str, str]] = {
    schema.submissions: {
        "campaign": "hketo",
        "visit": r"[\w-]{16,64}",
        "reference": r"[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}",
        "partner": PARTNER,
        "district": r"[A-Z]{2}-[0-9]{1,2}",
        "language": "|en|zh-Hant|es",
        "source": SOURCE,
        "status": "|".join(get_args(SubmissionStatus)),
        "signs": r"|[a-z]+(,[a-z]+)*",
    },
    schema.actions: {
        "campaign": "hketo",
        "visit": r"[\w-]{16,64}",
        "kind": "|".join(ACT_KINDS),
        "partner": PARTNER,
        "source": SOURCE,
    },
    schema.tallies: {"campaign": "hketo", "partner": PARTNER, "kind": r"[a-z]{4,11}"},
    schema.source_tallies: {"campaign": "hketo", "partner": SLUG, "source": SOURCE},
    schema.sources: {"partner": SLUG, "source": r"[a-z0-9-]{1,24}"},
    schema.origins: {"partner": SLUG, "origin": r"https?://[^/\s<>\"']{1,247}"},
    schema.webhooks: {
        "partner": SLUG,
        "url": r"https?://\S+",
        "period": "|".join(get_args(Period)),
    },
}


def faults(service: Service, secrets: tuple[str, ...] = ()) -> list[str]:
    """Whatever breaks a rule, and every place where one of the ``secrets`` stands."""
    service.store.write(service.store.pending.take().write).result()
    with service.store.read() as connection:
        return [
            *_misshapen(connection),
            *_partners(connection),
            *_submissions(connection),
            *_readable(connection, secrets),
        ]


def _rows(connection: Connection, table: Table) -> Sequence[RowMapping]:
    return connection.execute(select(table)).mappings().all()


def _misshapen(connection: Connection) -> Iterator[str]:
    for table, shapes in SHAPES.items():
        for row in _rows(connection, table):
            for column, shape in shapes.items():
                value = row[column]
                if value is not None and not re.fullmatch(shape, value):
                    yield f"{table.name}.{column}: {value!r}"


def _submissions(connection: Connection) -> Iterator[str]:
    for row in _rows(connection, schema.submissions):
        if (row["envelope"] is None) != (row["consent"] is None):
            yield f"submissions.envelope without consent: {row['reference']}"
        if row["first"] and row["supporter"] is None:
            yield f"submissions.first of nobody: {row['reference']}"
    for row in _rows(connection, schema.tallies):
        if row["kind"] not in COUNT_KINDS and row["kind"] not in {"held", "invalidated"}:
            yield f"tallies.kind: {row['kind']}"


def _partners(connection: Connection) -> Iterator[str]:
    for row in _rows(connection, schema.partners):
        name, sites = row["name"], row["sites"]
        if not name.strip() or CONTROL.search(name) or len(name) > 200:
            yield f"partners.name: {name!r}"
        try:
            parse_sites(sites)
        except PartnerError:
            yield f"partners.sites: {sites!r}"


def _readable(connection: Connection, secrets: tuple[str, ...]) -> Iterator[str]:
    """Texts of a visitor, in any column of any table."""
    for table in schema.metadata.sorted_tables:
        for row in _rows(connection, table):
            said = repr(tuple(row.values()))
            yield from (f"{table.name}: {secret}" for secret in secrets if secret in said)
