"""SQLite's own rules: private files, safe settings, one service, full and locked files."""

import sqlite3
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path
from stat import S_IMODE
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.store.rows import adding, stored, writer_waits
from widget_server.errors import SetupError, UnavailableError
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.lock import FileLock


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_files_and_folder_are_their_owners_only(in_a_file: Settings, sqlite: Store) -> None:
    sqlite.write(adding("a")).result()
    home = in_a_file.home
    assert S_IMODE(home.stat().st_mode) == 0o700
    modes = {path.name: S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert modes == dict.fromkeys(modes, 0o600)
    assert {"threesteps.db", "threesteps.db-wal"} <= modes.keys()


def test_every_commit_reaches_the_disk(sqlite: Store) -> None:
    full = 2
    assert sqlite.write(lambda c: pragma(c, "synchronous")).result() == full
    assert sqlite.write(lambda c: pragma(c, "journal_mode")).result() == "wal"


def test_no_commit_checkpoints(in_a_file: Settings, sqlite: Store) -> None:
    assert sqlite.write(lambda c: pragma(c, "wal_autocheckpoint")).result() == 0
    with sqlite.read() as connection:
        assert pragma(connection, "wal_autocheckpoint") == 0
    with Store.open(in_a_file, serving=False) as command:
        assert command.write(lambda c: pragma(c, "wal_autocheckpoint")).result() == 0


def test_a_second_service_is_refused_with_a_sentence(in_a_file: Settings, sqlite: Store) -> None:
    with pytest.raises(SetupError, match="already running"):
        Store.open(in_a_file, serving=True)


def test_a_service_may_start_when_the_other_has_stopped(in_a_file: Settings) -> None:
    for _ in range(2):
        Store.open(in_a_file, serving=True).close()


def test_a_service_may_start_when_the_other_was_killed(in_a_file: Settings) -> None:
    code = (
        "import pathlib, sys, time\n"
        "from widget_server.settings import Settings\n"
        "from widget_server.store import Store\n"
        "Store.open(Settings(home=pathlib.Path(sys.argv[1])), serving=True)\n"
        "print('open', flush=True)\n"
        "time.sleep(60)\n"
    )
    arguments = [sys.executable, "-c", code, str(in_a_file.home)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(SetupError):
            Store.open(in_a_file, serving=True)
        other.kill()
    Store.open(in_a_file, serving=True).close()


def test_a_damaged_file_is_refused_with_a_sentence(in_a_file: Settings) -> None:
    in_a_file.home.mkdir()
    (in_a_file.home / "threesteps.db").write_bytes(b"this is no database" * 500)
    with pytest.raises(SetupError, match=r"threesteps\.db cannot be used"):
        Store.open(in_a_file, serving=True)


def test_a_home_that_cannot_be_made_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SetupError, match="THREESTEPS_HOME"):
        Store.open(Settings(home=tmp_path / "file" / "home"), serving=False)


def test_the_database_is_whole_after_closing(in_a_file: Settings) -> None:
    with Store.open(in_a_file, serving=True) as store:
        store.write(adding("a")).result()
    with sqlite3.connect(in_a_file.home / "threesteps.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()


def fill_the_disk(connection: Connection) -> None:
    """Let SQLite's own limit on pages stand for a full disk."""
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}").close()


def free_the_disk(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000").close()


def add_much(connection: Connection) -> None:
    for number in range(2000):
        adding(f"much-{number}")(connection)


def test_a_full_disk_is_an_outage_and_heals_by_itself(sqlite: Store) -> None:
    sqlite.write(fill_the_disk).result()
    with pytest.raises(UnavailableError):
        sqlite.write(add_much).result()
    assert stored(sqlite) == 0
    sqlite.write(free_the_disk).result()
    sqlite.write(add_much).result()
    assert stored(sqlite) == 2000


def test_a_full_disk_acknowledges_nothing_it_did_not_keep(sqlite: Store) -> None:
    sqlite.write(fill_the_disk).result()
    with writer_waits(sqlite):
        futures: list[Future[Any]] = [sqlite.write(adding(f"{n}-")) for n in range(300)]
        futures.append(sqlite.write(add_much))
    kept = sum(future.exception() is None for future in futures)
    assert stored(sqlite) == kept


def test_a_writer_that_stays_locked_out_says_so_and_lives(
    sqlite: Store, monkeypatch: pytest.MonkeyPatch, in_a_file: Settings
) -> None:
    monkeypatch.setattr("widget_server.store.lock.PATIENCE_SECONDS", 0.1)
    other = FileLock(in_a_file.home / "write.lock")
    assert other.acquire()
    with pytest.raises(UnavailableError):
        sqlite.write(adding("a")).result()
    other.close()
    assert sqlite.write(adding("a")).result()


def test_an_outage_is_logged_without_the_values_of_the_row(
    sqlite: Store, caplog: pytest.LogCaptureFixture
) -> None:
    sqlite.write(fill_the_disk).result()
    future: Future[None] = sqlite.write(add_much)
    assert isinstance(future.exception(), UnavailableError)
    assert "full" in caplog.text
    assert "much-" not in caplog.text
