"""Steps from older tables to these, taken beside processes that go on writing."""

import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Event, Thread
from types import ModuleType

import pytest
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, create_engine, text

from tests.store.rows import recording, recounted, stored, submission, tallied
from widget_server.model import Receipt
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.migrations import FOLDER, migrate, newest, revision
from widget_server.store.schema import metadata

#: A step as the next version might bring it: it only adds.
NEXT_STEP = """
import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = {before!r}


def upgrade() -> None:
    op.add_column("submissions", sa.Column("shade", sa.String(24), server_default=""))
    op.create_index("by_shade", "submissions", ["campaign", "shade"])
    op.create_table("tints", sa.Column("id", sa.Integer, primary_key=True))
"""


def step(name: str) -> ModuleType:
    """One step, loaded as Alembic does."""
    path = FOLDER / "versions" / f"{name}.py"
    spec = spec_from_file_location(name, path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def next_version(tmp_path: Path) -> Path:
    """The steps of a later version."""
    folder = tmp_path / "migrations"
    shutil.copytree(FOLDER, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "versions" / "9999_next.py").write_text(NEXT_STEP.format(before=newest()))
    return folder


def test_the_steps_lead_to_the_tables_of_the_schema(store: Store) -> None:
    def differences(connection: Connection) -> list[object]:
        found = compare_metadata(MigrationContext.configure(connection), metadata)
        return [each for each in found if each[0][0] != "modify_comment"]

    assert store.write(differences).result() == []


def test_a_new_database_has_taken_every_step(store: Store) -> None:
    with store.read() as connection:
        assert revision(connection) == newest()


def test_opening_twice_changes_nothing(settings: Settings, store: Store) -> None:
    store.write(recording(submission("a", "ada"))).result()
    with Store.open(settings, serving=False) as again:
        assert stored(again) == 1


def test_a_database_from_before_there_were_steps_is_taken_on(in_a_file: Settings) -> None:
    in_a_file.home.mkdir()
    engine = create_engine(f"sqlite:///{in_a_file.home / 'threesteps.db'}")
    with engine.begin() as connection:
        with Operations.context(MigrationContext.configure(connection)):
            step("0001_first_tables").upgrade()
        connection.execute(metadata.tables["tallies"].insert(), [OLD_TALLY])
    engine.dispose()
    with Store.open(in_a_file, serving=True) as store, store.read() as connection:
        assert revision(connection) == newest()
        assert sum(tallied(connection).values()) == 7


OLD_TALLY = {
    "campaign": "hketo",
    "partner": "harbor",
    "day": submission("a").day,
    "kind": "shown",
    "shard": 0,
    "n": 7,
}


def test_two_processes_that_open_an_empty_database_agree(settings: Settings) -> None:
    if settings.database_url is None:
        settings.home.mkdir()
    opened: list[Store] = []
    threads = [
        Thread(target=lambda: opened.append(Store.open(settings, serving=False))) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(opened) == 4
    for number, store in enumerate(opened):
        store.write(recording(submission(f"v{number}"))).result()
        store.close()


def test_this_version_goes_on_writing_while_the_next_one_migrates(
    settings: Settings, store: Store, next_version: Path
) -> None:
    stop = Event()
    written: list[Receipt] = []

    def write() -> None:
        while not stop.is_set():
            sent = submission(f"v{len(written)}", f"person-{len(written) % 20}")
            written.append(store.write(recording(sent)).result())

    writing = Thread(target=write)
    writing.start()
    with Store.open(settings, serving=False) as later:
        before = len(written)
        while len(written) < before + 20:
            pass
        later.write(lambda c: migrate(c, later.database, next_version)).result()
        middle = len(written)
        while len(written) < middle + 20:
            pass
        later.write(with_a_shade).result()
    stop.set()
    writing.join()
    with store.read() as connection:
        assert revision(connection) == "9999"
        assert tallied(connection, "submitted") == recounted_submissions(connection)
        assert stored(store) == len(written) + 1


def recounted_submissions(connection: Connection) -> object:
    """What the rows say, the next version's among them."""
    found = recounted(connection)
    return {key: n for key, n in found.items() if key.kind == "submitted"}


def with_a_shade(connection: Connection) -> None:
    """What the next version writes."""
    recording(submission("later"))(connection)
    connection.execute(text("UPDATE submissions SET shade = 'blue' WHERE visit = 'later'"))


def test_a_database_of_a_later_version_is_left_as_it_is(
    settings: Settings, store: Store, next_version: Path
) -> None:
    store.write(lambda c: migrate(c, store.database, next_version)).result()
    with Store.open(settings, serving=False) as older:
        older.write(recording(submission("a", "ada"))).result()
        with older.read() as connection:
            assert revision(connection) == "9999"


def test_a_step_that_fails_leaves_nothing_behind(
    settings: Settings, store: Store, next_version: Path
) -> None:
    step = next_version / "versions" / "9999_next.py"
    step.write_text(step.read_text() + "    raise LookupError('on purpose')\n")
    with pytest.raises(LookupError, match="on purpose"):
        store.write(lambda c: migrate(c, store.database, next_version)).result()
    with store.read() as connection:
        assert revision(connection) == newest()
        columns = connection.execute(text("SELECT * FROM submissions")).keys()
    assert "shade" not in columns
