"""``threesteps forget``: a person goes, and the organiser reads what went and what did not."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, update

from tests.cli.conftest import Run
from tests.store.rows import recording, submission
from widget_server.campaigns import Campaigns, shipped_campaigns
from widget_server.keys import Keyring
from widget_server.model import Visit
from widget_server.store import Store, closures
from widget_server.store.schema import content_keys, submissions
from widget_server.submit import SubmitForm, prepare, reference

NOW = datetime(2026, 11, 22, 17, tzinfo=UTC)
LATER = "2026-11-25T17:00:00Z"
ADA, BOB = "ada@example.org", "bob@example.org"


@pytest.fixture(autouse=True)
def submitted(run: Run, tmp_path: Path, home: Path, store: Store) -> None:
    """Ada and Bob, sealed under keys of their own."""
    run("campaign", "keys", "hketo", "--out", tmp_path / "hketo.key")
    campaign = Campaigns.load([shipped_campaigns()]).get("hketo")
    assert campaign
    for email in (ADA, BOB):
        keyring = Keyring.open(home / "keys")
        form, visit = SubmitForm(email, updates=True), Visit(email, "hketo", None, 0)
        store.write(recording(prepare(form, visit, campaign, keyring, "en", NOW))).result()


def left(store: Store) -> int:
    """How many envelopes there are, each with who it is of and a key."""
    columns = submissions.c
    asked = select(columns.supporter, columns.envelope, columns.content_key)
    with store.read() as connection:
        rows = [tuple(row) for row in connection.execute(asked)]
        keys = connection.execute(select(content_keys.c.id)).all()
    assert {all(row) for row in rows} <= {True, False}
    assert len(keys) == sum(map(all, rows)) == 2 - rows.count((None, None, None))
    return len(keys)


def test_one_command_erases_one_person(run: Run, store: Store) -> None:
    assert left(store) == 2
    result = run("forget", " ADA@example.org", now=LATER)
    assert result.exit_code == 0, result.output
    assert left(store) == 1


def test_who_is_held_is_found_where_nobody_counts(run: Run, store: Store) -> None:
    nobody_counts = update(submissions).values(status="held", first=False)
    store.write(lambda connection: connection.execute(nobody_counts).close()).result()
    run("forget", ADA, now=LATER)
    assert left(store) == 1


def test_it_says_what_went_and_what_stays(run: Run) -> None:
    said = run("forget", ADA, now=LATER).stdout
    assert "hketo: deleted 1 envelope, and what recognises the address." in said
    assert f"{reference('hketo', ADA)}, 2026-11-22: the row stays" in said
    assert "backups and copies of the database" in said
    assert "files that were exported before" in said


def test_it_names_the_exports_that_may_hold_them(run: Run, tmp_path: Path, store: Store) -> None:
    store.write(recording(submission("a day later", day=date(2026, 11, 23)))).result()
    run("export", "hketo", "--key", tmp_path / "hketo.key", now=LATER)
    said = run("forget", ADA, now=LATER).stdout
    assert "Export 20261122-2-0-" in said
    assert "of 2026-11-25 may hold them: delete them there." in said


def test_it_names_an_export_of_the_same_day_too(run: Run, tmp_path: Path) -> None:
    run("export", "hketo", "--key", tmp_path / "hketo.key", now=NOW.isoformat())
    said = run("forget", ADA, now=LATER).stdout
    assert "of 2026-11-22 may hold them: delete them there." in said


def test_the_address_can_be_typed_where_no_history_keeps_it(run: Run, store: Store) -> None:
    result = run("forget", now=LATER, input=f"{ADA}\n")
    assert result.exit_code == 0, result.output
    assert left(store) == 1


def test_nobody_by_that_address_is_said_so(run: Run, store: Store) -> None:
    assert "nobody is known by this address" in run("forget", "eve@example.org").stdout
    assert left(store) == 2


def test_only_one_campaign_can_be_named(run: Run, store: Store) -> None:
    assert "nobody was ever recognised" in run("forget", ADA, "--campaign", "other").stdout
    assert left(store) == 2


def test_after_the_close_nobody_can_be_found(run: Run, store: Store) -> None:
    store.write(lambda rows: closures.close(rows, "hketo", NOW)).result()
    said = run("forget", ADA, now=LATER).stdout
    assert "hketo: closed" in said
    assert "deleted by 2027-02-20" in said
    assert left(store) == 2
