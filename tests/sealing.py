"""Sealed rows for tests: closed as the service closes them, opened as an export does."""

from dataclasses import replace

from sqlalchemy import Connection, Row, select

from widget_server.model import Submission
from widget_server.seal import (
    Context,
    KeyPair,
    PrivateKey,
    load_private_key,
    new_content_key,
    open_,
    seal,
    unwrap,
)
from widget_server.store.schema import content_keys


def sealed(row: Submission, fields: dict[str, str], *pairs: KeyPair) -> Submission:
    """The row with these fields in an envelope for the holders of the pairs."""
    key = new_content_key(row.campaign, [pair.public for pair in pairs])
    context = Context(row.campaign, row.visit, row.reference, row.consent)
    envelope = seal(fields, key, context)
    return replace(row, envelope=envelope, content_key=key.id, wrapped=key.wrapped)


def opened(row: Submission, pair: KeyPair) -> dict[str, str]:
    """What is in a row that is not stored yet."""
    assert row.envelope
    assert row.wrapped
    key = unwrap(row.wrapped, row.campaign, [private(pair)])
    context = Context(row.campaign, row.visit, row.reference, row.consent)
    return open_(row.envelope, key, context)


def opened_row(
    connection: Connection, row: Row[tuple[object, ...]], pair: KeyPair
) -> dict[str, str]:
    """What is in a stored row."""
    statement = select(content_keys.c.wrapped).where(
        content_keys.c.campaign == row.campaign, content_keys.c.id == row.content_key
    )
    wrapped = connection.execute(statement).scalar_one()
    context = Context(row.campaign, row.visit, row.reference, row.consent)
    return open_(row.envelope, unwrap(wrapped, row.campaign, [private(pair)]), context)


def private(pair: KeyPair) -> PrivateKey:
    """The half that opens."""
    return load_private_key(pair.private)
