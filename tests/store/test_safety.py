"""What could lose an acknowledged row all the same is seen."""

from pathlib import Path

import pytest
from sqlalchemy import Connection, Engine, create_engine

from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.engine import database_of
from widget_server.store.safety import (
    ENOUGH_BYTES,
    is_sound_sqlite,
    lacking_bytes,
    network_file_system,
)
from widget_server.store.sqlite import SQLite


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """A database as SQLite itself would open it."""
    return create_engine(f"sqlite:///{tmp_path / 'plain.db'}")


def found(connection: Connection) -> str:
    """What the database that a connection leads to says of itself."""
    return " ".join(database_of(connection).weaknesses(connection))


def weakened(connection: Connection, *pragmas: str) -> str:
    for pragma in pragmas:
        connection.exec_driver_sql(f"PRAGMA {pragma}")
    return " ".join(SQLite.weaknesses(connection))


def test_the_stores_commits_wait_for_the_disk(sqlite: Store) -> None:
    assert sqlite.write(found).result() == ""


@pytest.mark.parametrize(
    ("pragmas", "sentence"),
    [
        (("journal_mode = WAL", "synchronous = NORMAL"), "synchronous is less than FULL"),
        (("journal_mode = WAL", "synchronous = OFF"), "synchronous is less than FULL"),
        (("journal_mode = MEMORY",), "journal_mode is memory"),
    ],
)
def test_a_database_that_does_not_wait_is_named(
    engine: Engine, pragmas: tuple[str, ...], sentence: str
) -> None:
    with engine.connect() as connection:
        assert sentence in weakened(connection, *pragmas)
    engine.dispose()


def test_a_postgresql_that_does_not_wait_is_named(postgres_url: str, tmp_path: Path) -> None:
    def careless(connection: Connection) -> str:
        connection.exec_driver_sql("SET LOCAL synchronous_commit = off")
        return found(connection)

    settings = Settings(home=tmp_path, database_url=postgres_url)
    with Store.open(settings, serving=False) as store:
        assert "synchronous_commit is off" in store.write(careless).result()
        assert "synchronous_commit" not in store.write(found).result()


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 5), False),
        ((3, 44, 6), True),
        ((3, 50, 6), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
        ((3, 52, 0), True),
    ],
)
def test_versions_of_sqlite_are_told_apart(version: tuple[int, ...], sound: bool) -> None:
    assert is_sound_sqlite(version) is sound


MOUNTS = r"""
/dev/vda1 / ext4 rw,relatime 0 0
server:/export /srv/shared nfs4 rw,vers=4.2 0 0
/dev/vdb1 /srv/shared/local xfs rw 0 0
//server/share /mnt/with\040space cifs rw 0 0
/dev/vdc1 /mnt/twice ext4 rw 0 0
server:/other /mnt/twice nfs rw 0 0
"""


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/lib/threesteps", None),
        ("/srv/shared/threesteps", "nfs4"),
        ("/srv/shared", "nfs4"),
        ("/srv/shared/local/threesteps", None),
        ("/srv/shared-not", None),
        ("/mnt/with space/threesteps", "cifs"),
        ("/mnt/twice/threesteps", "nfs"),
    ],
)
def test_another_machines_disk_is_known_by_its_mount(
    tmp_path: Path, folder: str, kind: str | None
) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS.lstrip())
    assert network_file_system(Path(folder), mounts) == kind


def test_where_mounts_are_not_told_nothing_is_claimed(tmp_path: Path) -> None:
    assert network_file_system(tmp_path, tmp_path / "no mounts") is None


@pytest.mark.parametrize(
    ("database", "free", "lacking"),
    [
        (0, ENOUGH_BYTES, 0),
        (0, ENOUGH_BYTES - 1, 1),
        (10 * ENOUGH_BYTES, 10 * ENOUGH_BYTES, 0),
        (10 * ENOUGH_BYTES, ENOUGH_BYTES, 9 * ENOUGH_BYTES),
    ],
)
def test_room_for_a_copy_of_the_database_is_wanted(
    tmp_path: Path, database: int, free: int, lacking: int
) -> None:
    assert lacking_bytes(tmp_path, database, free) == lacking
