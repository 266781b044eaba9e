"""The synced tables of an installation: which are used, and what happens when they are broken."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from widget_server.errors import RosterError
from widget_server.find.roster import Roster
from widget_server.find.tables import Tables, write_tables
from widget_server.find.versions import Versions


@pytest.fixture
def versions(home: Path) -> Versions:
    return Versions.of(home)


def publish(versions: Versions, tables: Tables, hour: int = 12) -> str:
    now = datetime(2026, 11, 22, hour, tzinfo=UTC)
    with versions.staging() as staged:
        write_tables(replace(tables, synced_at=now), staged)
        return versions.publish(staged, now)


def test_without_a_sync_the_packaged_tables_are_used(versions: Versions, packaged: Tables) -> None:
    newest = versions.newest()
    assert (newest.version, newest.tables, newest.faults) == (None, packaged, ())


def test_synced_tables_are_used(versions: Versions, packaged: Tables) -> None:
    assert publish(versions, packaged) == versions.current() == versions.newest().version


def test_a_newer_package_is_used_instead(versions: Versions, packaged: Tables) -> None:
    publish(versions, replace(packaged, as_of=date(2026, 1, 1)))
    assert versions.newest().version is None


def test_only_the_version_before_is_kept(versions: Versions, packaged: Tables) -> None:
    names = [publish(versions, packaged, hour) for hour in (10, 11, 12)]
    kept = {path.name for path in versions.path("").iterdir()}
    assert kept == set(names[1:])


def test_when_the_newest_cannot_be_read_the_one_before_is_used(
    versions: Versions, packaged: Tables
) -> None:
    before, broken = publish(versions, packaged, 11), publish(versions, packaged, 12)
    (versions.path(broken) / "seats.csv").write_text("nothing\n")
    newest = versions.newest()
    assert newest.version == before
    assert broken in newest.faults[0]


def test_when_none_can_be_read_the_packaged_tables_are_used(
    versions: Versions, packaged: Tables
) -> None:
    broken = publish(versions, packaged)
    (versions.path(broken) / "about.toml").unlink()
    assert (versions.newest().version, len(versions.newest().faults)) == (None, 1)


def test_a_pointer_to_nothing_harms_nobody(versions: Versions, packaged: Tables) -> None:
    publish(versions, packaged)
    (versions.folder / "current").write_bytes(b"\xff\x00")
    assert versions.newest().version is None


def test_what_failed_leaves_no_trace(versions: Versions) -> None:
    with pytest.raises(RosterError), versions.staging():
        raise RosterError("implausible")
    assert not list(versions.folder.glob("incoming-*"))


def test_what_a_killed_sync_left_is_removed(versions: Versions, packaged: Tables) -> None:
    (versions.folder / "incoming-dead").mkdir(parents=True)
    publish(versions, packaged)
    assert not list(versions.folder.glob("incoming-*"))


def test_one_sync_at_a_time(versions: Versions) -> None:
    with versions.staging(), pytest.raises(RosterError, match="Another sync"), versions.staging():
        pass


def test_a_roster_sees_a_sync_and_only_then_reads_again(
    versions: Versions, home: Path, packaged: Tables
) -> None:
    roster = Roster.newest(home)
    assert roster.refreshed() is roster
    publish(versions, packaged)
    fresh = roster.refreshed()
    assert fresh.synced_at == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert fresh.refreshed() is fresh


def test_a_roster_that_was_loaded_from_a_folder_stays_as_it_is(roster: Roster) -> None:
    assert roster.refreshed() is roster


def test_nobody_else_can_reach_the_facts(versions: Versions, packaged: Tables) -> None:
    publish(versions, packaged)
    assert versions.folder.stat().st_mode & 0o077 == 0
