"""PostgreSQL's own rules: broken connections, commits that nobody heard of, honest refusals."""

import time
from collections import Counter
from collections.abc import Callable
from threading import Barrier

import psycopg
import pytest
from sqlalchemy import Connection, event, text
from sqlalchemy.exc import OperationalError

from tests.postgres import administer
from tests.store.rows import DAY, adding, recording, recounted, stored, submission, tallied
from widget_server.errors import SetupError
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.pending import Pending
from widget_server.store.postgresql import PostgreSQL
from widget_server.store.tallies import TallyKey
from widget_server.store.writer import Writer


@pytest.fixture
def shared(tmp_path_factory: pytest.TempPathFactory, postgres_url: str) -> Settings:
    """An installation on PostgreSQL."""
    return Settings(home=tmp_path_factory.mktemp("home"), database_url=postgres_url)


def once(do: Callable[[Connection], None]) -> Callable[[Connection], None]:
    """The first time only."""
    times = iter([do])
    return lambda connection: next(times, lambda _: None)(connection)


def cut(connection: Connection) -> None:
    """Break the connection, as the network or a restart does."""
    connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")


def test_a_batch_whose_connection_breaks_is_done_again(shared: Settings) -> None:
    with Store.open(shared, serving=True) as store:
        broken = once(cut)

        def add(connection: Connection) -> bool:
            added = adding("a")(connection)
            broken(connection)
            return added

        assert store.write(add).result()
        assert stored(store) == 1


def test_reading_survives_that_every_connection_breaks(shared: Settings, postgres_url: str) -> None:
    with Store.open(shared, serving=True) as store:
        assert stored(store) == 0
        administer(
            postgres_url,
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()"
            " AND datname = current_database()",
        )
        assert stored(store) == 0
        assert store.write(adding("a")).result()


class CommitNobodyHearsOf(PostgreSQL):
    """The first commit after ``deaf`` was set arrives, and its answer is lost."""

    deaf = False

    def listen(self) -> None:
        """Lose the answer of the next commit."""

        @event.listens_for(self.writing, "commit", once=True)
        def _lose_the_answer(connection: Connection) -> None:
            connection.exec_driver_sql("COMMIT")
            raise OperationalError("COMMIT", {}, psycopg.OperationalError("the answer was lost"))


def views(store: Store) -> Counter[TallyKey]:
    with store.read() as connection:
        return tallied(connection, "shown")


def test_a_submission_whose_commit_nobody_heard_of_is_counted_once(shared: Settings) -> None:
    Store.open(shared, serving=True).close()
    assert shared.database_url
    database = CommitNobodyHearsOf(shared.database_url)
    writer = Writer(database, Pending())
    database.listen()
    assert writer.write(recording(submission("a", "ada"))).result().reference == "REF-a"
    writer.close()
    database.close()
    with Store.open(shared, serving=False) as store, store.read() as connection:
        assert tallied(connection) == recounted(connection)
        assert stored(store) == 1


def test_views_whose_commit_nobody_heard_of_are_not_counted_twice(shared: Settings) -> None:
    Store.open(shared, serving=True).close()
    assert shared.database_url
    database = CommitNobodyHearsOf(shared.database_url)
    pending = Pending()
    database.listen()
    pending.shown("hketo", "harbor", DAY)
    writer = Writer(database, pending)
    writer.close()
    database.close()
    with Store.open(shared, serving=False) as store:
        assert views(store) == {TallyKey("hketo", "harbor", DAY, "shown"): 1}


def test_two_transactions_in_each_others_way_both_succeed(shared: Settings) -> None:
    with Store.open(shared, serving=True) as one, Store.open(shared, serving=True) as other:
        meet = Barrier(2)

        def wait_for_the_other(_: Connection) -> None:
            meet.wait(5)

        def add(*visits: str) -> Callable[[Connection], bool]:
            halfway = once(wait_for_the_other)

            def job(connection: Connection) -> bool:
                adding(visits[0])(connection)
                halfway(connection)
                adding(visits[1])(connection)
                return True

            return job

        futures = [one.write(add("a", "b")), other.write(add("b", "a"))]
        assert all(future.result() for future in futures)
        assert stored(one) == 2


def test_every_commit_waits_for_the_disk_whatever_the_server_says(
    shared: Settings, postgres_url: str
) -> None:
    name = psycopg.conninfo.conninfo_to_dict(postgres_url)["dbname"]
    administer(postgres_url, f"ALTER DATABASE {name} SET synchronous_commit = off")
    with Store.open(shared, serving=True) as store:
        asked = store.write(lambda c: c.execute(text("SHOW synchronous_commit")).scalar_one())
        assert asked.result() == "on"


def test_processes_add_to_tallies_of_their_own(shared: Settings) -> None:
    shards = set()
    for _ in range(8):
        with Store.open(shared, serving=True) as store:
            store.write(lambda c: shards.add(c.get_execution_options()["shard"])).result()
    assert len(shards) > 1


def test_a_server_that_does_not_answer_is_refused_without_the_password(
    free_port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widget_server.store.writer.PATIENCE_SECONDS", 0.1)
    address = f"postgresql://me:secret@127.0.0.1:{free_port}/db"
    begin = time.monotonic()
    with pytest.raises(SetupError, match="THREESTEPS_DATABASE_URL") as refused:
        Store.open(Settings(database_url=address), serving=True)
    assert "secret" not in refused.value.sentence
    assert time.monotonic() - begin < 10
