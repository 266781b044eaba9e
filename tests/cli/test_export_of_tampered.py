"""Envelopes that somebody laid hands on: refused and named, and the rest is exported."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, Row, select, update

from tests.cli.conftest import Run
from tests.store.rows import recording
from widget_server.campaigns import Campaigns, shipped_campaigns
from widget_server.keys import Keyring, add_public_key
from widget_server.model import Visit
from widget_server.seal import (
    Context,
    content_key_id,
    generate_key_pair,
    new_content_key,
    seal,
)
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.schema import content_keys, submissions
from widget_server.submit import SubmitForm, prepare

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PEOPLE = 4
PAIR = generate_key_pair()

Tampering = Callable[[Connection, Row[Any], Row[Any]], None]


@pytest.fixture
def key(tmp_path: Path, home: Path) -> Path:
    path = tmp_path / "hketo.key"
    path.write_bytes(PAIR.private)
    add_public_key(home / "keys", "hketo", PAIR.public)
    return path


@pytest.fixture
def store(home: Path, key: Path) -> Iterator[Store]:
    """Four people, each under a content key of their own."""
    campaign = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert campaign
    with Store.open(Settings(home=home, keys=home / "keys"), serving=True) as opened:
        for number in range(PEOPLE):
            form = SubmitForm(f"p{number}@example.org", f"P{number}", "94110", updates=True)
            visit = Visit(f"visit-{number}", "hketo", None, 1)
            keyring = Keyring.open(home / "keys")
            opened.write(recording(prepare(form, visit, campaign, keyring, "en", NOW))).result()
        yield opened


def change(connection: Connection, row: Row[Any], **values: object) -> None:
    connection.execute(update(submissions).where(submissions.c.visit == row.visit).values(values))


def rewrap(connection: Connection, row: Row[Any], wrapped: bytes) -> None:
    """Put another wrapped key in the place of the row's."""
    its = content_keys.c.id == row.content_key
    connection.execute(update(content_keys).where(its).values(wrapped=wrapped))


def swapped(connection: Connection, row: Row[Any], other: Row[Any]) -> None:
    change(connection, row, envelope=other.envelope)


def replayed(connection: Connection, row: Row[Any], other: Row[Any]) -> None:
    """Somebody else's envelope with its own key: the same person twice."""
    change(connection, row, envelope=other.envelope, content_key=other.content_key)


def replayed_with_the_reference(connection: Connection, row: Row[Any], other: Row[Any]) -> None:
    copied = {"envelope": other.envelope, "content_key": other.content_key}
    change(connection, row, **copied, reference=other.reference)


def truncated(connection: Connection, row: Row[Any], _: Row[Any]) -> None:
    change(connection, row, envelope=row.envelope[:-1])


def emptied(connection: Connection, row: Row[Any], _: Row[Any]) -> None:
    change(connection, row, envelope=b"")


def flipped(connection: Connection, row: Row[Any], _: Row[Any]) -> None:
    change(connection, row, envelope=row.envelope[:-1] + bytes((row.envelope[-1] ^ 1,)))


def of_another_consent(connection: Connection, row: Row[Any], _: Row[Any]) -> None:
    change(connection, row, consent="2027-01-01")


def keyed_to_another_envelope(connection: Connection, row: Row[Any], other: Row[Any]) -> None:
    change(connection, row, content_key=other.content_key)


def rekeyed_to_a_stranger(connection: Connection, row: Row[Any], _: Row[Any]) -> None:
    rewrap(connection, row, new_content_key("hketo", [generate_key_pair().public]).wrapped)


def rekeyed_to_the_organiser(connection: Connection, row: Row[Any], _: Row[Any]) -> None:
    """A key and an envelope of the thief's own, but the row names another key."""
    key = new_content_key("hketo", [PAIR.public])
    rewrap(connection, row, key.wrapped)
    context = Context(row.campaign, row.visit, row.reference, row.consent)
    change(connection, row, envelope=seal({"email": "forged@example.org"}, key, context))


def rekeyed_under_its_own_name(connection: Connection, row: Row[Any], _: Row[Any]) -> None:
    """A wrapped key of the thief's own under its right name; the envelope stays."""
    key = new_content_key("hketo", [PAIR.public])
    rewrap(connection, row, key.wrapped)
    its = content_keys.c.id == row.content_key
    connection.execute(update(content_keys).where(its).values(id=content_key_id(key.wrapped)))
    change(connection, row, content_key=key.id)


def truncated_key(connection: Connection, row: Row[Any], _: Row[Any]) -> None:
    wrapped = connection.execute(wrapped_of(row)).scalar_one()
    rewrap(connection, row, wrapped[:-1])


def without_a_key(connection: Connection, row: Row[Any], _: Row[Any]) -> None:
    connection.execute(content_keys.delete().where(content_keys.c.id == row.content_key))


def wrapped_of(row: Row[Any]) -> Any:
    return select(content_keys.c.wrapped).where(content_keys.c.id == row.content_key)


@pytest.mark.parametrize(
    "tamper",
    [
        swapped,
        replayed,
        replayed_with_the_reference,
        truncated,
        emptied,
        flipped,
        of_another_consent,
        keyed_to_another_envelope,
        rekeyed_to_a_stranger,
        rekeyed_to_the_organiser,
        rekeyed_under_its_own_name,
        truncated_key,
        without_a_key,
    ],
)
def test_a_tampered_envelope_is_named_and_the_rest_is_exported(
    run: Run, key: Path, store: Store, tamper: Tampering
) -> None:
    def tamper_with_the_first(connection: Connection) -> str:
        row, other = connection.execute(select(submissions)).all()[:2]
        tamper(connection, row, other)
        changed = select(submissions.c.reference).where(submissions.c.visit == row.visit)
        return str(connection.execute(changed).scalar_one())

    reference = store.write(tamper_with_the_first).result()
    result = run("export", "hketo", "--key", key)
    assert result.exit_code == 1
    assert f"{reference}: " in result.stderr
    assert "3 exported, 1 could not be opened." in result.stderr
    assert (result.stdout.count("@example.org"), "forged" in result.stdout) == (3, False)


def test_after_a_rotation_both_keys_open_their_own(
    run: Run, key: Path, store: Store, tmp_path: Path, home: Path
) -> None:
    new = tmp_path / "new.key"
    run("campaign", "keys", "hketo", "--out", new, "--rotate")
    campaign = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert campaign
    form, visit = SubmitForm("later@example.org", updates=True), Visit("later", "hketo", None, 1)
    keyring = Keyring.open(home / "keys")
    store.write(recording(prepare(form, visit, campaign, keyring, "en", NOW))).result()
    alone = run("export", "hketo", "--key", new)
    both = run("export", "hketo", "--key", key, "--key", new)
    assert (alone.exit_code, alone.stdout.count("@example.org")) == (1, 1)
    assert (both.exit_code, both.stdout.count("@example.org")) == (0, PEOPLE + 1)
