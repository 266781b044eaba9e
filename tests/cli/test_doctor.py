"""``threesteps doctor``: each missing or unsafe thing, with its mend."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import insert, text

from tests.cli.conftest import FRESH, Run, asked_on
from tests.store.rows import DAY, recording, submission
from widget_server.settings import Settings
from widget_server.store import Store, retention
from widget_server.store.safety import is_sound_sqlite
from widget_server.store.schema import closures
from widget_server.store.tallies import TallyKey, add


@pytest.mark.usefixtures("healthy")
def test_a_healthy_installation_has_nothing_to_mend(run: Run) -> None:
    result = run("doctor", now=FRESH, public_url="https://act.example.org")
    assert (result.exit_code, result.stdout) == (0, "Nothing is missing, nothing is unsafe.\n")


@pytest.mark.usefixtures("healthy")
def test_snippets_that_only_this_machine_can_reach_are_named(run: Run) -> None:
    assert "mend: set THREESTEPS_PUBLIC_URL" in run("doctor", now=FRESH).stdout


@pytest.mark.usefixtures("healthy")
def test_the_demos_private_key_beside_the_data_is_named(run: Run, home: Path) -> None:
    (home / "demo-private-hketo.key").write_text("a key")
    assert "demo-private-hketo.key opens what was submitted" in run("doctor", now=FRESH).stdout


def test_a_campaign_without_a_key_is_missing_one(run: Run) -> None:
    result = run("doctor", now=FRESH)
    assert result.exit_code == 0
    assert "takes no names or email addresses" in result.stdout
    assert "mend: threesteps campaign keys hketo --out hketo.key" in result.stdout


def test_a_campaign_without_a_recovery_key_is_missing_one(run: Run, tmp_path: Path) -> None:
    run("campaign", "keys", "hketo", "--out", tmp_path / "hketo.key")
    result = run("doctor", now=FRESH)
    assert result.exit_code == 0
    assert "mend: threesteps campaign keys hketo --recovery" in result.stdout


@pytest.mark.usefixtures("healthy")
def test_a_public_key_that_is_damaged_is_unsafe(run: Run, home: Path) -> None:
    (home / "keys" / "recovery-hketo.keys").write_text("damaged\n")
    result = run("doctor", now=FRESH)
    assert result.exit_code == 1
    assert "recovery-hketo.keys does not hold keys" in result.stdout


@pytest.mark.usefixtures("healthy")
def test_broken_stances_at_home_are_named(run: Run, home: Path) -> None:
    stances = home / "campaigns" / "hketo" / "stances.csv"
    stances.write_text("<html>", "utf-8")
    result = run("doctor", now=FRESH)
    assert f"missing: {stances}:1: The first line is not person" in result.stdout


@pytest.mark.usefixtures("healthy")
@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"public_url": "http://act.example.org"}, "is not encrypted"),
        ({"limits": "off"}, "Abuse limits are off"),
    ],
)
def test_unsafe_settings_are_named_and_fail(
    run: Run, environment: dict[str, str], sentence: str
) -> None:
    result = run("doctor", now=FRESH, **environment)
    assert result.exit_code == 1
    assert sentence in result.stdout
    assert "mend: " in result.stdout


@pytest.mark.usefixtures("healthy")
def test_a_wrong_default_campaign_is_named(run: Run) -> None:
    result = run("doctor", now=FRESH, default_campaign="nothing")
    assert "no default campaign 'nothing'" in result.stdout


@pytest.mark.usefixtures("healthy")
def test_files_that_others_can_reach_are_named_and_fail(run: Run, home: Path) -> None:
    exposed = [home, home / "keys" / "signing.keys", home / "threesteps.db"]
    run("partner", "list")
    for path in exposed:
        path.chmod(0o755 if path.is_dir() else 0o644)
    result = run("doctor", now=FRESH)
    assert result.exit_code == 1
    assert f"mend: chmod 700 {exposed[0]}\n" in result.stdout
    assert all(f"mend: chmod 600 {path}\n" in result.stdout for path in exposed[1:])


@pytest.mark.usefixtures("healthy")
def test_a_lost_index_key_is_named_and_fails(run: Run, store: Store) -> None:
    store.write(recording(submission("visit", "ada"))).result()
    result = run("doctor", now=FRESH)
    assert result.exit_code == 1
    assert "restore index-hketo.keys" in result.stdout


@pytest.mark.usefixtures("healthy")
def test_a_damaged_database_is_named_and_fails(run: Run, home: Path) -> None:
    (home / "threesteps.db").write_bytes(b"this is no database" * 500)
    (home / "threesteps.db").chmod(0o600)
    result = run("doctor", now=FRESH)
    assert result.exit_code == 1
    assert "threesteps.db cannot be used" in result.stdout


@pytest.mark.usefixtures("healthy")
def test_a_damaged_page_is_named_and_fails(run: Run, home: Path, store: Store) -> None:
    for number in range(200):
        done = store.write(recording(submission(f"visit-{number}", f"person-{number}")))
    done.result()
    store.close()
    with (home / "threesteps.db").open("rb+") as file:
        file.seek(-4 * 4096, os.SEEK_END)
        file.write(b"\xff" * 2 * 4096)
    result = run("doctor", now=FRESH)
    assert result.exit_code == 1
    assert "threesteps.db is damaged" in result.stdout
    assert "mend: stop the service, and run `threesteps restore`" in result.stdout


@pytest.mark.usefixtures("healthy")
def test_numbers_that_differ_from_their_rows_are_named_and_fail(run: Run, store: Store) -> None:
    key = TallyKey("hketo", "harbor", DAY, "submitted")
    store.write(lambda connection: add(connection, {key: 1})).result()
    result = run("doctor", now=FRESH)
    assert result.exit_code == 1
    assert "Numbers that differ from a recount of their rows: 1." in result.stdout
    assert "mend: threesteps recount\n" in result.stdout


@pytest.mark.usefixtures("healthy")
def test_tables_of_another_version_are_named(run: Run, store: Store) -> None:
    later = text("UPDATE alembic_version SET version_num = '9999'")
    store.write(lambda connection: connection.execute(later)).result()
    assert "their step is 9999" in run("doctor", now=FRESH).stdout


@pytest.mark.usefixtures("healthy")
def test_an_sqlite_that_needs_our_locks_is_a_note_and_not_a_fault(run: Run) -> None:
    result = run("doctor", now=FRESH)
    assert ("note: SQLite" in result.stderr) is not is_sound_sqlite()
    assert "note:" not in result.stdout


@pytest.mark.usefixtures("healthy")
def test_data_in_postgresql_is_examined_there(run: Run, postgres_url: str) -> None:
    with Store.open(Settings(database_url=postgres_url), serving=False) as store:
        store.write(recording(submission("visit", "ada"))).result()
    result = run("doctor", now=FRESH, database_url=postgres_url)
    assert "restore index-hketo.keys" in result.stdout
    assert "SQLite" not in result.output


@pytest.mark.usefixtures("healthy")
def test_old_facts_are_named(run: Run) -> None:
    result = run("doctor", now="2027-06-01T12:00:00Z")
    assert "The facts about legislators are of" in result.stdout


@pytest.mark.parametrize(("day", "named"), [("2026-09-17", False), ("2026-09-16", True)])
def test_stances_are_old_after_a_fortnight(run: Run, home: Path, day: str, named: bool) -> None:
    asked_on(day, home)
    result = run("doctor", now=FRESH)
    for bill in ("H.R. 2661", "S. 3655"):
        sentence = f"Nobody has asked since {day} who stands behind {bill}"
        assert (sentence in result.stdout) is named
    assert ("mend: threesteps campaign refresh hketo\n" in result.stdout) is named


def test_a_campaign_that_is_over_needs_no_stances(run: Run) -> None:
    assert "stands behind" not in run("doctor", now="2027-06-01T12:00:00Z").stdout


def test_every_fault_of_the_environment_is_a_sentence(run: Run) -> None:
    result = run("doctor", limits="maybe", public_url="nonsense")
    assert result.exit_code == 1
    assert "THREESTEPS_LIMITS" in result.stderr
    assert "THREESTEPS_PUBLIC_URL" in result.stderr


@pytest.mark.usefixtures("healthy")
def test_envelopes_that_should_be_gone_are_unsafe(run: Run, store: Store) -> None:
    sent = replace(submission("a", campaign="over"), envelope=b"sealed")
    store.write(recording(sent)).result()
    closed = insert(closures).values(campaign="over", at=datetime(2026, 1, 1, tzinfo=UTC))
    store.write(lambda rows: rows.execute(closed)).result()
    result = run("doctor", now=FRESH, public_url="https://act.example.org")
    assert result.exit_code == 1
    assert "unsafe: Envelopes that should be deleted by now: 1." in result.stdout


@pytest.mark.usefixtures("healthy")
def test_the_last_deletion_is_told(run: Run, store: Store) -> None:
    retention.sweep(store, datetime(2026, 9, 30, tzinfo=UTC))
    result = run("doctor", now=FRESH, public_url="https://act.example.org")
    assert "last deleted on 2026-09-30: 0 envelopes and 0 keys deleted." in result.stderr
    assert "mend" not in result.stdout
