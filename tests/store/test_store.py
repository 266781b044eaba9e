"""Files that only their owner reads, safe settings of SQLite, and one service at a time."""

import sqlite3
import subprocess
import sys
from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

from tests.store.rows import adding
from widget_server.errors import SetupError, UnavailableError
from widget_server.settings import Settings
from widget_server.store import Store, submissions


def pragma(connection: Connection, name: str) -> object:
    return connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()


def test_files_and_folder_are_their_owners_only(store: Store) -> None:
    store.write(adding("a")).result()
    home = store.path.parent
    assert S_IMODE(home.stat().st_mode) == 0o700
    modes = {path.name: S_IMODE(path.stat().st_mode) for path in home.iterdir()}
    assert modes == dict.fromkeys(modes, 0o600)
    assert {"threesteps.db", "threesteps.db-wal"} <= modes.keys()


def test_every_commit_reaches_the_disk(store: Store) -> None:
    full = 2
    assert store.write(lambda c: pragma(c, "synchronous")).result() == full
    assert store.write(lambda c: pragma(c, "journal_mode")).result() == "wal"


def test_only_the_service_checkpoints(settings: Settings, store: Store) -> None:
    assert store.write(lambda c: pragma(c, "wal_autocheckpoint")).result() == 1000
    with store.read() as connection:
        assert pragma(connection, "wal_autocheckpoint") == 0
    with Store.open(settings, serving=False) as command:
        assert command.write(lambda c: pragma(c, "wal_autocheckpoint")).result() == 0


def test_a_reading_connection_cannot_write(store: Store) -> None:
    with pytest.raises(UnavailableError) as refused, store.read() as connection:
        adding("a")(connection)
    assert isinstance(refused.value.__cause__, OperationalError)


def test_a_second_service_is_refused_with_a_sentence(settings: Settings, store: Store) -> None:
    with pytest.raises(SetupError, match="already running"):
        Store.open(settings, serving=True)


def test_a_service_may_start_when_the_other_has_stopped(settings: Settings) -> None:
    for _ in range(2):
        Store.open(settings, serving=True).close()


def test_a_service_may_start_when_the_other_was_killed(settings: Settings) -> None:
    code = (
        "import pathlib, sys, time\n"
        "from widget_server.settings import Settings\n"
        "from widget_server.store import Store\n"
        "Store.open(Settings(home=pathlib.Path(sys.argv[1])), serving=True)\n"
        "print('open', flush=True)\n"
        "time.sleep(60)\n"
    )
    arguments = [sys.executable, "-c", code, str(settings.home)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as other:
        assert other.stdout
        assert other.stdout.readline() == b"open\n"
        with pytest.raises(SetupError):
            Store.open(settings, serving=True)
        other.kill()
    Store.open(settings, serving=True).close()


def test_a_command_writes_beside_the_service(settings: Settings, store: Store) -> None:
    with Store.open(settings, serving=False) as command:
        for number in range(50):
            service = store.write(adding(f"s{number}"))
            assert command.write(adding(f"c{number}")).result()
            assert service.result()


def test_what_was_kept_is_there_when_it_is_opened_again(settings: Settings) -> None:
    with Store.open(settings, serving=True) as store:
        store.write(adding("a")).result()
    with Store.open(settings, serving=True) as store, store.read() as connection:
        assert submissions.reference(connection, "hketo", "a") == "REF-a"


def test_a_damaged_file_is_refused_with_a_sentence(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "threesteps.db").write_bytes(b"this is no database" * 500)
    with pytest.raises(SetupError, match=r"threesteps\.db cannot be used"):
        Store.open(settings, serving=True)


def test_a_home_that_cannot_be_made_is_refused_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(SetupError, match="THREESTEPS_HOME"):
        Store.open(Settings(home=tmp_path / "file" / "home"), serving=False)


def test_postgresql_is_refused_until_it_is_supported(settings: Settings) -> None:
    with pytest.raises(SetupError, match="SQLite only"):
        Store.open(Settings(home=settings.home, database_url="postgresql://db"), serving=False)


def test_the_database_is_whole_after_closing(settings: Settings) -> None:
    with Store.open(settings, serving=True) as store:
        store.write(adding("a")).result()
    with sqlite3.connect(settings.home / "threesteps.db") as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    connection.close()
