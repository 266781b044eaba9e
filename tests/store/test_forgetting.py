"""One person goes out of the rows, and nobody else; every number stays."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from tests.store.rows import recording, submission, tallied
from widget_server.settings import Settings
from widget_server.store import Store, audit
from widget_server.store.forgetting import Forgotten, forget
from widget_server.store.recount import differences
from widget_server.store.schema import submissions

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
ADA = b"ada".ljust(16)


@pytest.fixture(autouse=True)
def submitted(store: Store) -> None:
    """Ada twice, through two partners, and somebody else."""
    for visit, person, partner in (("v1", "ada", "harbor"), ("v2", "ada", "beacon")):
        sent = replace(submission(visit, person, partner), envelope=b"sealed", consent="1")
        store.write(recording(sent)).result()
    store.write(recording(replace(submission("v3", "bob"), envelope=b"bob's"))).result()


def forget_ada(connection: Connection) -> tuple[Forgotten, ...]:
    return forget(connection, "hketo", ADA, "command", NOW)


def test_what_they_were_given_is_told(store: Store) -> None:
    found = store.write(forget_ada).result()
    assert {each.reference for each in found} == {"REF-v1", "REF-v2"}
    assert all(each.sealed for each in found)


def test_nothing_in_a_row_says_that_it_is_theirs(store: Store) -> None:
    store.write(forget_ada).result()
    columns = submissions.c
    asked = select(columns.supporter, columns.envelope, columns.content_key, columns.consent)
    with store.read() as connection:
        rows = connection.execute(asked.order_by(columns.visit)).all()
    assert rows[:2] == [(None, None, None, None)] * 2
    assert rows[2].envelope == b"bob's"


def test_the_numbers_stay_and_equal_a_recount(store: Store) -> None:
    with store.read() as connection:
        before = tallied(connection)
    store.write(forget_ada).result()
    with store.read() as connection:
        assert tallied(connection) == before
        assert differences(connection) == ()


def test_whoever_comes_back_is_somebody_new(store: Store) -> None:
    store.write(forget_ada).result()
    store.write(recording(submission("v4", "ada"))).result()
    with store.read() as connection:
        assert sum(tallied(connection, "supporters").values()) == 3
        assert differences(connection) == ()


def test_nobody_is_forgotten_twice(store: Store) -> None:
    store.write(forget_ada).result()
    assert store.write(forget_ada).result() == ()


def test_the_audit_tells_that_and_not_whom(store: Store) -> None:
    store.write(forget_ada).result()
    with store.read() as connection:
        [entry] = audit.latest(connection, 9)
    assert (entry.what, entry.subject, entry.details) == (
        "person forgotten",
        "hketo",
        {"rows": "2"},
    )


def test_no_byte_of_what_was_deleted_stays_in_the_files(tmp_path: Path) -> None:
    kept, gone = b"kept" * 256, b"gone" * 256
    settings = Settings(home=tmp_path / "files", keys=tmp_path)
    with Store.open(settings, serving=False) as store:
        for visit, person, envelope in (("v1", "ada", gone), ("v2", "bob", kept)):
            sent = replace(submission(visit, person), envelope=envelope)
            store.write(recording(sent)).result()
        store.write(forget_ada).result()
    files = b"".join(path.read_bytes() for path in settings.home.glob("threesteps.db*"))
    assert b"kept" in files
    assert b"gone" not in files
    assert ADA not in files
