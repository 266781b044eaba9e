"""A copy of the database made beside a busy service, judged, and put in another's place."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from stat import S_IMODE

import pytest
from sqlalchemy import select, text

from tests.store.rows import adding, recording, recounted, stored, submission, tallied
from widget_server.errors import SetupError
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.backup import Contents, back_up
from widget_server.store.lock import FileLock
from widget_server.store.migrations import FOLDER, migrate
from widget_server.store.restore import Restored, restore
from widget_server.store.schema import submissions
from widget_server.store.sqlite import SQLite

#: A service that takes submissions without a rest, and says which are acknowledged.
WRITER = """
import sys
from pathlib import Path
from tests.store.rows import recording, submission
from widget_server.settings import Settings
from widget_server.store import Store

with Store.open(Settings(home=Path(sys.argv[1])), serving=True) as store:
    for number in range(10**9):
        sent = submission(f"busy-{number}", f"person-{number % 50}")
        store.write(recording(sent)).result()
        print(sent.visit, flush=True)
"""

NOW = datetime(2026, 11, 22, 12, 30, tzinfo=UTC)


def unseen(what: str, done: int, total: int | None) -> None:
    """Progress that nobody watches."""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "threesteps.backup"


@pytest.fixture
def elsewhere(tmp_path: Path) -> Settings:
    """Another installation, of which there is nothing yet."""
    return Settings(home=tmp_path / "elsewhere", keys=tmp_path / "elsewhere" / "keys")


def backed_up(settings: Settings, file: Path) -> Contents:
    """Back up as the command does: from a process that is not the service."""
    with Store.open(settings, serving=False) as store:
        return back_up(store, file, unseen)


def restored(file: Path, settings: Settings) -> Restored:
    return restore(file, settings.home / "threesteps.db", NOW, unseen)


def visits(settings: Settings) -> set[str]:
    with Store.open(settings, serving=True) as store, store.read() as connection:
        return set(connection.execute(select(submissions.c.visit)).scalars())


@pytest.fixture
def backup(in_a_file: Settings, sqlite: Store, file: Path) -> Path:
    """A backup with a thousand rows: some hundred kilobytes."""
    for number in range(1_000):
        sent = submission(f"visit-{number}", f"person-{number}")
        last = sqlite.write(recording(sent))
    last.result()
    backed_up(in_a_file, file)
    return file


@contextmanager
def writing(settings: Settings) -> Iterator[Iterator[str]]:
    """A service in a process of its own that never rests; the visits it acknowledges."""
    arguments = [sys.executable, "-c", WRITER, str(settings.home)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        try:
            yield (line.strip() for line in process.stdout)
        finally:
            process.kill()


def test_beside_a_busy_writer_nothing_acknowledged_is_missing(
    in_a_file: Settings, file: Path, elsewhere: Settings
) -> None:
    with writing(in_a_file) as acknowledged:
        before = {next(acknowledged) for _ in range(500)}
        backed_up(in_a_file, file)
        after = [next(acknowledged) for _ in range(50)]
    restored(file, elsewhere)
    with Store.open(elsewhere, serving=True) as store, store.read() as connection:
        kept = set(connection.execute(select(submissions.c.visit)).scalars())
        assert tallied(connection) == recounted(connection)
    assert before <= kept
    assert after


def test_a_backup_is_one_file_for_its_owner_only(backup: Path) -> None:
    assert S_IMODE(backup.stat().st_mode) == 0o600
    assert [path for path in backup.parent.iterdir() if path.name.startswith(backup.name)] == [
        backup
    ]


def test_a_backup_is_a_database_like_any_other(backup: Path) -> None:
    with closing(sqlite3.connect(backup)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("SELECT count(*) FROM submissions").fetchone() == (1_000,)


def test_a_backup_says_what_is_in_it(in_a_file: Settings, backup: Path) -> None:
    contents = backed_up(in_a_file, backup)
    assert (contents.rows["submissions"], contents.indexed) == (1_000, ("hketo",))


def test_it_is_copied_in_steps_while_others_write(
    in_a_file: Settings, sqlite: Store, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widget_server.store.backup.PAGES_AT_ONCE", 5)
    steps: list[int] = []

    def write_meanwhile(what: str, done: int, total: int | None) -> None:
        if what == "Copying":
            steps.append(done)
            sqlite.write(adding(f"meanwhile-{len(steps)}")).result()

    with Store.open(in_a_file, serving=False) as store:
        contents = back_up(store, file, write_meanwhile)
    assert steps[:2] == [5, 10]
    assert steps == sorted(steps)
    assert contents.rows["submissions"] == 0
    assert stored(sqlite) == len(steps)


def test_restored_elsewhere_everything_is_there(
    backup: Path, in_a_file: Settings, sqlite: Store, elsewhere: Settings
) -> None:
    done = restored(backup, elsewhere)
    sqlite.close()
    assert (done.aside, done.differing) == (None, 0)
    assert visits(elsewhere) == visits(in_a_file)


def test_the_database_of_before_is_kept_aside_with_its_log(
    backup: Path, in_a_file: Settings, sqlite: Store, elsewhere: Settings
) -> None:
    sqlite.close()
    with writing(in_a_file) as acknowledged:  # killed, it leaves a log
        later = next(acknowledged)
    aside = restored(backup, in_a_file).aside
    assert aside == in_a_file.home / "threesteps.db.before-20261122T123000Z"
    assert later not in visits(in_a_file)
    restored(aside, elsewhere)
    assert later in visits(elsewhere)


def test_a_running_service_is_not_restored_into(
    backup: Path, in_a_file: Settings, sqlite: Store
) -> None:
    with pytest.raises(SetupError, match="already running"):
        restored(backup, in_a_file)
    assert stored(sqlite) == 1_000


def test_tallies_that_differ_from_their_rows_are_said(
    backup: Path, in_a_file: Settings, sqlite: Store, elsewhere: Settings
) -> None:
    sqlite.write(lambda connection: connection.execute(text("DELETE FROM tallies"))).result()
    backed_up(in_a_file, backup)
    assert restored(backup, elsewhere).differing == 2


def cut(backup: Path) -> None:
    os.truncate(backup, backup.stat().st_size // 2)


def cut_at_a_page(backup: Path) -> None:
    os.truncate(backup, 4096 * 10)


def flip_one_bit(backup: Path) -> None:
    content = bytearray(backup.read_bytes())
    content[content.index(b"visit-500")] ^= 1
    backup.write_bytes(content)


def overwrite_the_middle(backup: Path) -> None:
    with backup.open("rb+") as file:
        file.seek(4096 * 20)
        file.write(b"\xff" * 4096)


def empty(backup: Path) -> None:
    os.truncate(backup, 0)


def overwrite_all(backup: Path) -> None:
    backup.write_bytes(b"this is no database" * 500)


@pytest.mark.parametrize(
    "harm", [cut, cut_at_a_page, flip_one_bit, overwrite_the_middle, empty, overwrite_all]
)
def test_a_damaged_backup_changes_nothing(
    backup: Path, elsewhere: Settings, harm: Callable[[Path], None]
) -> None:
    elsewhere.home.mkdir()
    with Store.open(elsewhere, serving=True) as store:
        store.write(adding("mine")).result()
    harm(backup)
    with pytest.raises(SetupError):
        restored(backup, elsewhere)
    assert visits(elsewhere) == {"mine"}
    assert {path.name for path in elsewhere.home.iterdir()} == {
        *("threesteps.db", "serve.lock", "write.lock")
    }


def test_a_copy_of_the_bare_file_can_be_restored_too(
    backup: Path, in_a_file: Settings, sqlite: Store, elsewhere: Settings, tmp_path: Path
) -> None:
    sqlite.close()
    copied = tmp_path / "copied.db"
    copied.write_bytes((in_a_file.home / "threesteps.db").read_bytes())
    assert restored(copied, elsewhere).contents.rows["submissions"] == 1_000


def test_another_programs_database_is_refused(tmp_path: Path, elsewhere: Settings) -> None:
    other = tmp_path / "other.db"
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE bookmarks (address)")
    with pytest.raises(SetupError, match="no database of Threesteps"):
        restored(other, elsewhere)


def of_the_first_version(path: Path, steps: Path) -> None:
    """Make a database as the first version left it."""
    shutil.copytree(FOLDER, steps, ignore=shutil.ignore_patterns("000[!1]*", "__pycache__"))
    with closing(SQLite(path, serving=False)) as old, old.writing.begin() as connection:
        migrate(connection, old, steps)


def test_a_backup_of_an_earlier_version_is_restored_and_brought_up_to_date(
    tmp_path: Path, elsewhere: Settings
) -> None:
    of_the_first_version(tmp_path / "old.db", tmp_path / "steps")
    assert restored(tmp_path / "old.db", elsewhere).contents.rows["submissions"] == 0
    with Store.open(elsewhere, serving=True) as store:
        store.write(recording(submission("new"))).result()
        assert stored(store) == 1


def test_a_backup_of_a_later_version_is_refused(
    backup: Path, in_a_file: Settings, sqlite: Store, elsewhere: Settings
) -> None:
    later = text("UPDATE alembic_version SET version_num = '9999'")
    sqlite.write(lambda connection: connection.execute(later)).result()
    backed_up(in_a_file, backup)
    with pytest.raises(SetupError, match="later version"):
        restored(backup, elsewhere)


def test_two_backups_to_the_same_file_do_not_mix(
    in_a_file: Settings, sqlite: Store, file: Path
) -> None:
    with closing(FileLock(file.with_name(f"{file.name}.part"))) as lock:
        assert lock.acquire()
        with pytest.raises(SetupError, match="another command"):
            backed_up(in_a_file, file)
    backed_up(in_a_file, file)


def test_what_a_killed_backup_left_is_no_hindrance(
    in_a_file: Settings, sqlite: Store, file: Path
) -> None:
    file.with_name(f"{file.name}.part").write_bytes(b"half a database")
    assert backed_up(in_a_file, file).rows["submissions"] == 0
