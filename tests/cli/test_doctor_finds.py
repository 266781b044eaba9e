"""Every misconfiguration that `doctor` knows: made here, found by its name, and documented."""

import ast
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, text

from tests.cli.conftest import FRESH, Run, asked_on
from tests.store.rows import DAY, recording, submission
from widget_server.cli.doctor import findings
from widget_server.cli.doctor.chores import clock_findings
from widget_server.cli.doctor.database import durability, place, sqlite_version
from widget_server.cli.doctor.finding import Finding
from widget_server.cli.doctor.settings import settings_findings
from widget_server.cli.installation import Installation
from widget_server.settings import Settings
from widget_server.store import Store, audit, retention, tasks
from widget_server.store.schema import closures, exports
from widget_server.store.sqlite import SQLite
from widget_server.store.tallies import TallyKey, add

ROOT = Path(__file__).parents[2]
HEALTHY_AT = datetime.fromisoformat(FRESH)


@dataclass
class Patient:
    """A healthy installation, and how to spoil it."""

    run: Run
    home: Path
    elsewhere: Path
    environment: pytest.MonkeyPatch

    def setting(self, name: str, value: str) -> None:
        """Set a variable of the environment, without its prefix."""
        self.environment.setenv(f"THREESTEPS_{name}", value)

    def write(self, change: Callable[[Connection], Any]) -> None:
        """Change the database."""
        with self.store() as store:
            store.write(change).result()

    def store(self) -> Store:
        """The database."""
        return Store.open(Settings(home=self.home, keys=self.home / "keys"), serving=False)

    def findings(self) -> list[Finding]:
        """What `doctor` finds."""
        return list(findings(Installation.from_environment()))


@pytest.fixture
def patient(
    healthy: None, run: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Patient:
    patient = Patient(run, home, tmp_path, monkeypatch)
    for name, value in {"HOME": str(home), "NOW": FRESH, "PUBLIC_URL": "https://a.example"}.items():
        patient.setting(name, value)
    return patient


def damage_a_page(patient: Patient) -> None:
    with patient.store() as store:
        for number in range(200):
            done = store.write(recording(submission(f"visit-{number}", f"person-{number}")))
        done.result()
    with (patient.home / "threesteps.db").open("rb+") as file:
        file.seek(-4 * 4096, os.SEEK_END)
        file.write(b"\xff" * 2 * 4096)


def damage_everything(patient: Patient) -> None:
    (patient.home / "threesteps.db").write_bytes(b"this is no database" * 500)


def lose_an_index_key(patient: Patient) -> None:
    patient.write(recording(submission("visit", "ada")))


def leave_envelopes(patient: Patient) -> None:
    patient.write(recording(replace(submission("a", campaign="over"), envelope=b"sealed")))
    row = insert(closures).values(campaign="over", at=datetime(2026, 1, 1, tzinfo=UTC))
    patient.write(lambda rows: rows.execute(row))


def leave_an_export(patient: Patient) -> None:
    made = {"campaign": "hketo", "id": "20260901-1-0-9f3c1a7e", "through": date(2026, 9, 1)}
    row = insert(exports).values(at=HEALTHY_AT - timedelta(days=8), n=1, unopened=0, **made)
    patient.write(lambda rows: rows.execute(row))


def hold_a_submission(patient: Patient) -> None:
    patient.write(lambda rows: add(rows, {TallyKey("hketo", "", DAY, "held"): 1}))


def count_one_too_many(patient: Patient) -> None:
    patient.write(lambda rows: add(rows, {TallyKey("hketo", "", DAY, "submitted"): 1}))


def use_tables_of_tomorrow(patient: Patient) -> None:
    later = text("UPDATE alembic_version SET version_num = '9999'")
    patient.write(lambda rows: rows.execute(later))


def write_in_the_future(patient: Patient) -> None:
    patient.environment.delenv("THREESTEPS_NOW")
    soon = datetime.now(UTC) + timedelta(hours=1)
    patient.write(lambda rows: audit.note(rows, soon, "command", "did", "harbor"))


def meet_a_proxy(patient: Patient) -> None:
    met = tasks.Run(HEALTHY_AT, "nobody")
    patient.write(lambda rows: tasks.note(rows, tasks.UNKNOWN_PROXY, met))


def delete_what_had_its_time(patient: Patient) -> None:
    with patient.store() as store:
        retention.sweep(store, HEALTHY_AT)


def pause(patient: Patient, days: int) -> None:
    patient.setting("NOW", (HEALTHY_AT + timedelta(days=days)).isoformat())


def add_to_keys(patient: Patient) -> None:
    patient.run("campaign", "keys", "hketo", "--out", patient.elsewhere / "new.key", "--rotate")


#: What is done to the healthy installation, by the name of what is then found.
SPOILT: dict[str, Callable[[Patient], object]] = {
    "address-of-this-machine": lambda it: it.setting("PUBLIC_URL", "https://localhost:8443"),
    "address-not-encrypted": lambda it: it.setting("PUBLIC_URL", "http://act.example.org"),
    "limits-off": lambda it: it.setting("LIMITS", "off"),
    "everybody-trusted": lambda it: it.setting("TRUSTED_PROXIES", "0.0.0.0/0"),
    "clock-stands-still": lambda it: it.setting("NOW", FRESH),
    "campaign-with-mistakes": lambda it: (
        it.home / "campaigns" / "hketo" / "stances.csv"
    ).write_text("<html>"),
    "no-default-campaign": lambda it: it.setting("DEFAULT_CAMPAIGN", "nothing"),
    "default-campaign-over": lambda it: it.setting("NOW", "2027-06-01"),
    "old-stances": lambda it: asked_on("2026-09-01", it.home),
    "old-roster": lambda it: it.setting("NOW", "2026-12-10"),
    "damaged-key": lambda it: (it.home / "keys" / "recovery-hketo.keys").write_text("damaged\n"),
    "no-sealing-key": lambda it: (it.home / "keys" / "sealing-hketo.keys").unlink(),
    "no-recovery-key": lambda it: (it.home / "keys" / "recovery-hketo.keys").unlink(),
    "private-key-beside-the-data": lambda it: (it.home / "demo-private-hketo.key").touch(0o600),
    "readable-by-others": lambda it: (it.home / "keys" / "signing.keys").chmod(0o640),
    "no-key-backup": lambda it: it.write(lambda rows: rows.execute(text("DELETE FROM tasks"))),
    "old-key-backup": add_to_keys,
    "no-database": damage_everything,
    "damaged-database": damage_a_page,
    "other-tables": use_tables_of_tomorrow,
    "lost-index-key": lose_an_index_key,
    "numbers-differ": count_one_too_many,
    "no-partner": lambda it: it.write(lambda rows: rows.execute(text("DELETE FROM partners"))),
    "partner-without-sites": lambda it: it.write(
        lambda rows: rows.execute(text("UPDATE partners SET sites = '[]'"))
    ),
    "held-submissions": hold_a_submission,
    "unacknowledged-export": leave_an_export,
    "retention-not-run": lambda it: pause(it, 3),
    "recount-not-run": lambda it: pause(it, 3),
    "old-backup": lambda it: pause(it, 8),
    "clock-off": write_in_the_future,
    "unknown-proxy": meet_a_proxy,
    "overdue-envelopes": leave_envelopes,
    "last-deletion": delete_what_had_its_time,
}

#: What no test can make of a whole machine, or makes too slowly: the same look at facts of ours.
ELSEWHERE: dict[str, Callable[[Path], Iterable[Finding]]] = {
    "database-line-not-encrypted": lambda _: settings_findings(
        Settings(public_url="https://a.example", database_url="postgresql://db.example.org/act")
    ),
    "network-file-system": lambda folder: place(folder, _mounted(folder, "nfs4")),
    "disk-nearly-full": lambda folder: place(folder, free_bytes=499 * 1024**2),
    "commits-not-durable": lambda folder: durability(_weaknesses(folder)),
    "old-sqlite": lambda folder: sqlite_version((3, 40, 1)),
}


def _mounted(folder: Path, kind: str) -> Path:
    mounts = folder / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/data {folder} {kind} rw 0 0\n")
    return mounts


def _weaknesses(folder: Path) -> tuple[str, ...]:
    engine = create_engine(f"sqlite:///{folder / 'plain.db'}")
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA journal_mode = MEMORY")
        found = tuple(SQLite.weaknesses(connection))
    engine.dispose()
    return found


def test_a_healthy_installation_has_notes_alone(patient: Patient) -> None:
    assert {found.level for found in patient.findings()} <= {"note"}


@pytest.mark.parametrize("name", SPOILT)
def test_what_is_spoilt_is_found(patient: Patient, name: str) -> None:
    SPOILT[name](patient)
    [found, *_] = [each for each in patient.findings() if each.name == name]
    assert found.sentence.endswith((".", ")", "`"))
    assert found.mend


@pytest.mark.parametrize("name", ELSEWHERE)
def test_a_weak_place_is_found(tmp_path: Path, name: str) -> None:
    assert [found.name for found in ELSEWHERE[name](tmp_path)] == [name]


def test_each_finding_is_made_by_a_test() -> None:
    assert _names() == {*SPOILT, *ELSEWHERE}


def test_each_finding_is_documented_and_nothing_else() -> None:
    table = (ROOT / "docs" / "operate.md").read_text().partition("## What doctor finds")[2]
    rows = re.findall(r"^\| `([a-z-]+)` \| (\w+) \|", table.partition("\n## ")[0], re.M)
    assert dict(rows) == _levels()


def _names() -> set[str]:
    return set(_levels())


def _levels() -> dict[str, str]:
    """Each finding in the source, with its level."""
    folder = ROOT / "widget_server" / "cli" / "doctor"
    calls = (
        node
        for path in sorted(folder.glob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Finding"
    )
    return {ast.literal_eval(call.args[0]): ast.literal_eval(call.args[1]) for call in calls}


def test_a_copy_that_lacks_a_key_is_no_copy(patient: Patient) -> None:
    (patient.elsewhere / "copy").mkdir()
    result = patient.run("doctor", "--keys-backed-up", patient.elsewhere / "copy")
    assert result.exit_code == 1
    assert "signing.keys differs or is lacking" in result.stderr


def test_the_keys_themselves_are_no_copy(patient: Patient) -> None:
    result = patient.run("doctor", "--keys-backed-up", patient.home / "keys")
    assert "goes with the data" in result.stderr


def test_the_clock_of_a_postgresql_is_another(postgres_url: str) -> None:
    with Store.open(Settings(database_url=postgres_url), serving=False) as store:
        now = datetime.now(UTC)
        with store.read() as rows:
            assert list(clock_findings(rows, now)) == []
            [found] = clock_findings(rows, now - timedelta(hours=1))
    assert "the database's clock says" in found.sentence


def test_a_backup_is_remembered(patient: Patient) -> None:
    pause(patient, 8)
    patient.run("backup", patient.elsewhere / "act.backup", now="2026-10-09T12:00:00Z")
    assert "old-backup" not in {found.name for found in patient.findings()}
