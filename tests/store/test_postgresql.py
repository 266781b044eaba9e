"""PostgreSQL's own rules: broken connections, commits that nobody heard of, honest refusals."""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from threading import Barrier, Event, Timer

import psycopg
import pytest
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.exc import OperationalError

from tests.postgres import administer, database
from tests.store.rows import DAY, adding, recording, recounted, stored, submission, tallied
from widget_server.errors import SetupError
from widget_server.model import Receipt
from widget_server.settings import Settings
from widget_server.store import Store, postgresql
from widget_server.store.pending import Pending
from widget_server.store.postgresql import PostgreSQL
from widget_server.store.tallies import TallyKey
from widget_server.store.writer import Writer
from widget_server.submit import record_all


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
    receipt = writer.write_together(record_all, submission("a", "ada")).result()
    writer.close()
    database.close()
    assert receipt == Receipt("REF-a", repeated=False)
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


def test_two_processes_find_one_overlap_of_one_person(shared: Settings) -> None:
    with Store.open(shared, serving=True) as one, Store.open(shared, serving=True) as other:
        one.write(recording(submission("a", "ada", "harbor"))).result()
        judged = Event()

        def slowly(connection: Connection) -> None:
            recording(submission("b", "ada", "beacon"))(connection)
            judged.set()
            time.sleep(0.2)

        first = one.write(slowly)
        assert judged.wait(5)
        other.write(recording(submission("c", "ada", "beacon"))).result()
        first.result()
        with one.read() as connection:
            assert sum(tallied(connection, "overlap").values()) == 1
            assert tallied(connection) == recounted(connection)


def test_writing_goes_on_when_a_server_may_write_again(shared: Settings, postgres_url: str) -> None:
    name = psycopg.conninfo.conninfo_to_dict(postgres_url)["dbname"]
    with Store.open(shared, serving=True) as store:
        administer(postgres_url, f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        broken = once(cut)
        waiting = store.write(lambda connection: (broken(connection), adding("a")(connection))[1])
        time.sleep(0.3)
        with psycopg.connect(postgres_url, autocommit=True) as connection:
            connection.execute("SET default_transaction_read_only = off")
            connection.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        assert waiting.result()


def test_a_long_migration_of_another_process_is_waited_for(
    shared: Settings, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgresql, "_STATEMENT_TIMEOUT", 200)
    monkeypatch.setattr("widget_server.store.writer.PATIENCE_SECONDS", 0.1)
    with psycopg.connect(postgres_url) as other:
        other.execute("SELECT pg_advisory_xact_lock(%s)", (postgresql._MIGRATION_LOCK,))
        soon = Timer(1, other.commit)
        soon.start()
        Store.open(shared, serving=True).close()
        soon.join()


def in_schema(schema: str, settings: Settings) -> Settings:
    """The same installation, with its tables in a schema that the address names."""
    assert settings.database_url
    address = make_url(settings.database_url).set(query={"options": f"-csearch_path={schema}"})
    return replace(settings, database_url=address.render_as_string(hide_password=False))


def test_an_address_may_name_the_schema(shared: Settings, postgres_url: str) -> None:
    administer(postgres_url, "CREATE SCHEMA ours")
    with Store.open(in_schema("ours", shared), serving=True) as store:
        store.write(adding("a")).result()
        assert stored(store) == 1


def test_a_database_where_we_may_make_no_tables_is_refused_with_a_sentence(
    shared: Settings,
) -> None:
    with pytest.raises(SetupError, match="no schema has been selected"):
        Store.open(in_schema("nowhere", shared), serving=True)


def test_a_database_that_cannot_hold_every_name_is_refused(postgres_url: str) -> None:
    narrow = "TEMPLATE template0 ENCODING 'SQL_ASCII' LOCALE 'C'"
    with (
        database(postgres_url, narrow) as address,
        pytest.raises(SetupError, match="its encoding is SQL_ASCII, and has to be UTF8"),
    ):
        Store.open(Settings(database_url=address), serving=True)


def test_an_act_that_cannot_be_stored_does_not_keep_views_from_it(shared: Settings) -> None:
    with Store.open(shared, serving=True) as store:
        store.pending.act("hketo", "harbor", "v1", "tweet", "far-too-long-for-its-column-" * 2, DAY)
        store.pending.shown("hketo", "harbor", DAY)
    with Store.open(shared, serving=True) as store:
        assert views(store) == {TallyKey("hketo", "harbor", DAY, "shown"): 1}


def test_an_act_for_the_longest_id_of_a_target_is_stored(shared: Settings) -> None:
    with Store.open(shared, serving=True) as store:
        store.pending.act("hketo", "harbor", "v1", "tweet", "g" * 32, DAY)
    with Store.open(shared, serving=True) as store, store.read() as connection:
        assert tallied(connection, "tweet") == {TallyKey("hketo", "harbor", DAY, "tweet"): 1}


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
