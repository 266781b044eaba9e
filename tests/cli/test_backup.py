"""``threesteps backup`` and ``restore``: what they refuse, and what they tell."""

import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.serving import THREESTEPS
from tests.store.rows import recording, submission
from widget_server.cli.backup import without_password
from widget_server.keys import Keyring
from widget_server.store import Store


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "of today.backup"


@pytest.fixture(autouse=True)
def submitted(store: Store, home: Path) -> None:
    """Three people, and the keys that recognise them."""
    Keyring.open(home / "keys").index_key("hketo")
    for visit in "abc":
        store.write(recording(submission(visit, visit))).result()


def test_a_backup_says_what_is_in_it_and_what_is_not(run: Run, home: Path, file: Path) -> None:
    result = run("backup", file)
    assert result.exit_code == 0
    assert f"{file}: 3 submissions, 0 actions, 0 partners.\n" in result.stdout
    assert f"The keys are not in it. Copy {home / 'keys'} as well" in result.stdout


def test_a_backup_is_never_overwritten_unless_by_force(run: Run, file: Path) -> None:
    file.write_text("of yesterday")
    refused = run("backup", file)
    assert refused.exit_code == 1
    assert "With --force it is replaced" in refused.stderr
    assert file.read_text() == "of yesterday"
    assert run("backup", file, "--force").exit_code == 0
    assert run("restore", file, home=str(file.parent / "elsewhere")).exit_code == 0


def test_the_database_itself_is_never_overwritten(run: Run, home: Path) -> None:
    result = run("backup", home / "threesteps.db", "--force")
    assert result.exit_code == 1
    assert "is the database itself" in result.stderr


def test_a_folder_that_is_not_there_is_a_sentence(run: Run, tmp_path: Path) -> None:
    result = run("backup", tmp_path / "nowhere" / "file")
    assert result.exit_code == 1
    assert "cannot be written: No such file or directory" in result.stderr


def test_a_full_disk_leaves_no_file(home: Path, store: Store, file: Path) -> None:
    """Files that may not grow are what anybody can have instead of a full disk."""
    small = 64 * 1024
    for number in range(300):
        done = store.write(recording(submission(f"visit-{number}", f"person-{number}")))
    done.result()
    result = subprocess.run(
        [*THREESTEPS, "backup", file],
        env={**os.environ, "THREESTEPS_HOME": str(home)},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (small, small)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1
    assert "The copy to" in result.stderr
    assert "Traceback" not in result.stderr
    assert list(file.parent.glob("of today*")) == []


def test_a_restore_says_what_came_back_and_where_the_old_one_is(
    run: Run, home: Path, store: Store, file: Path
) -> None:
    run("backup", file)
    store.close()
    result = run("restore", file, now="2026-11-22T12:30:00Z")
    assert result.exit_code == 0
    assert result.stdout == (
        "Restored 3 submissions, 0 actions, 0 partners.\n"
        f"The database of before is {home}/threesteps.db.before-20261122T123000Z.\n"
    )


def test_a_running_service_has_to_be_stopped_first(run: Run, file: Path) -> None:
    run("backup", file)
    result = run("restore", file)
    assert result.exit_code == 1
    assert "already running" in result.stderr


def test_keys_that_are_gone_are_named_with_their_mend(
    run: Run, home: Path, store: Store, file: Path
) -> None:
    run("backup", file)
    store.close()
    shutil.rmtree(home)
    result = run("restore", file)
    assert result.exit_code == 0
    for key in ("signing.keys", "index-hketo.keys"):
        assert f"There is no {key} in {home / 'keys'}: restore it" in result.stdout


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_on_postgresql_the_command_to_use_is_said_without_the_password(
    run: Run, file: Path, command: str
) -> None:
    file.touch()
    result = run(command, file, database_url="postgresql://ada:secret@db.example/act")
    assert result.exit_code == 1
    line = {
        "backup": f"pg_dump --format=custom --file='{file}' postgresql://ada@db.example/act",
        "restore": "pg_restore --clean --if-exists --single-transaction "
        f"--dbname=postgresql://ada@db.example/act '{file}'",
    }
    assert f"\n  {line[command]}\n" in result.stderr
    assert "secret" not in result.output


@pytest.mark.parametrize(
    ("address", "printed"),
    [
        ("postgresql://db/act", "postgresql://db/act"),
        ("postgresql://ada:s%40@db:5433/act", "postgresql://ada@db:5433/act"),
        ("postgresql://a:s@one:1,two:2/act", "postgresql://a@one:1,two:2/act"),
        (
            "postgresql://db/act?user=ada&password=s&sslmode=require",
            "postgresql://db/act?user=ada&sslmode=require",
        ),
    ],
)
def test_an_address_is_printed_without_its_password(address: str, printed: str) -> None:
    assert without_password(address) == printed
