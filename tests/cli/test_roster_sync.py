"""``threesteps roster sync`` and what the other commands say afterwards."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.find.publisher import publishing
from tests.find.upstream import edit_people, entry, without, write_upstream
from widget_server.find.tables import read_tables, write_tables
from widget_server.find.versions import Versions

DECEMBER = "2026-12-01T12:00:00Z"
FRESH = "2026-11-22T12:00:00Z"


@pytest.fixture
def full(tmp_path: Path) -> Path:
    """Upstream files in which one phone number is new."""
    folder = tmp_path / "full"
    folder.mkdir()
    write_upstream(read_tables(), folder)
    edit_people(folder, lambda people: entry(people, "P000197")["terms"][-1].update(phone="202-1"))
    return folder


def phones(run: Run) -> list[str]:
    answer = json.loads(run("find", "94110", "--json", now=FRESH).stdout)
    return [person["phone"] for person in answer["legislators"]]


def test_a_sync_from_a_folder_is_what_find_knows(run: Run, full: Path) -> None:
    result = run("roster", "sync", "--from", full, now=FRESH)
    assert result.exit_code == 0, result.output
    assert result.stdout == "Synced: 541 seats and 41,752 ZIPs, as of 2026-09-02.\n"
    assert "202-1" in phones(run)


def test_a_sync_from_a_server_is_what_find_knows(run: Run, full: Path) -> None:
    with publishing(full) as publisher:
        for _ in range(2):
            assert run("roster", "sync", "--from", publisher.origin, now=FRESH).exit_code == 0
    assert {status for _, status in publisher.sent} == {200, 304}
    assert "202-1" in phones(run)


def test_the_environment_may_name_where_the_facts_come_from(run: Run, full: Path) -> None:
    assert run("roster", "sync", now=FRESH, roster_from=str(full)).exit_code == 0
    assert "202-1" in phones(run)


def test_what_is_refused_is_named_and_changes_nothing(run: Run, full: Path) -> None:
    before = phones(run)
    edit_people(full, lambda people: without(people, "P000145", "S001150", "S000148"))
    result = run("roster", "sync", "--from", full, now=FRESH)
    assert result.exit_code == 1
    assert "3 senators are missing: CA-SEN, CA-SEN, NY-SEN." in result.stderr
    assert phones(run) == before


@pytest.mark.parametrize("arguments", [["--from", "full"], ["--contacts"]])
def test_a_home_that_cannot_be_made_is_a_sentence(
    run: Run, full: Path, arguments: list[str]
) -> None:
    arguments = [str(full) if each == "full" else each for each in arguments]
    result = run("roster", "sync", *arguments, now=FRESH, home="/dev/null/x")
    assert result.exit_code == 1
    assert result.stderr.startswith("threesteps: /dev/null/x")
    assert "Not a directory" in result.stderr


def test_a_full_disk_is_a_sentence(home: Path, full: Path) -> None:
    """The shell's limit stands for the disk: no file may be longer than 64 KiB."""
    command = f"ulimit -f 64; {sys.executable} -m widget_server roster sync --from {full}"
    done = subprocess.run(
        ["sh", "-c", command],
        env={**os.environ, "THREESTEPS_HOME": str(home), "THREESTEPS_NOW": FRESH},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr.startswith("threesteps: ")
    assert "Traceback" not in done.stderr
    assert not list((home / "roster").glob("incoming-*"))


def test_check_says_where_the_facts_come_from(run: Run, full: Path) -> None:
    assert "as they came with the package" in run("roster", "check", now=FRESH).stdout
    run("roster", "sync", "--from", full, now=FRESH)
    assert "synced on 2026-11-22 12:00 UTC" in run("roster", "check", now=FRESH).stdout


@pytest.mark.parametrize("command", [("roster", "check"), ("doctor",)])
def test_from_december_on_the_end_of_the_facts_is_announced(
    run: Run, command: tuple[str, ...]
) -> None:
    sentence = "end with the 119th Congress at noon Eastern on 2027-01-03"
    assert sentence not in run(*command, now=FRESH).stdout
    result = run(*command, now=DECEMBER)
    assert sentence in result.stdout
    assert result.exit_code == 0


def test_an_old_sync_is_something_to_mend(run: Run, full: Path) -> None:
    run("roster", "sync", "--from", full, now="2026-10-01T12:00:00Z")
    assert "last synced on 2026-10-01" in run("doctor", now=FRESH).stdout


def test_an_unlikely_district_is_offered_as_such(run: Run, home: Path) -> None:
    tables = read_tables()
    with Versions.of(home).staging() as staged:
        write_tables(replace(tables, zips={**tables.zips, "94110": "CA-11 CA-15?"}), staged)
        Versions.of(home).publish(staged, datetime(2026, 11, 22, tzinfo=UTC))
    assert "California's 15th (unlikely)" in " ".join(run("find", "94110").stdout.split())
    assert json.loads(run("find", "94110", "--json").stdout)["unlikely"] == ["CA-15"]
