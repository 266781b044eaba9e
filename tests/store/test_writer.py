"""Jobs share a commit, fail alone, and are answered only when they are durable."""

from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from threading import Event
from typing import Any

import pytest
from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from tests.store.rows import adding
from widget_server.errors import UnavailableError
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store import writer as writing
from widget_server.store.lock import FileLock
from widget_server.store.schema import submissions


def stored(store: Store) -> int:
    with store.read() as connection:
        return connection.execute(select(func.count()).select_from(submissions)).scalar_one()


@contextmanager
def writer_waits(store: Store) -> Iterator[None]:
    """Keep the writer busy, so that what is written inside shares the next batch."""
    begun, go = Event(), Event()

    def wait(_: Connection) -> None:
        begun.set()
        go.wait()

    busy = store.write(wait)
    begun.wait()
    try:
        yield
    finally:
        go.set()
        busy.result()


def test_a_job_is_answered_with_its_result_when_others_can_read_it(store: Store) -> None:
    assert store.write(adding("a")).result()
    assert stored(store) == 1


def test_nobody_reads_a_job_before_its_commit(store: Store) -> None:
    seen: list[int] = []

    def look(connection: Connection) -> None:
        adding("a")(connection)
        seen.append(stored(store))

    store.write(look).result()
    assert seen == [0]


def test_jobs_that_wait_together_share_one_transaction(store: Store) -> None:
    with writer_waits(store):
        transactions = [store.write(lambda c: id(c.get_transaction())) for _ in range(20)]
    assert len({future.result() for future in transactions}) == 1


def test_a_failing_job_fails_alone(store: Store) -> None:
    def fail(connection: Connection) -> None:
        adding("rolled back")(connection)
        raise LookupError("on purpose")

    with writer_waits(store):
        before = store.write(adding("before"))
        failing = store.write(fail)
        after = store.write(adding("after"))
    with pytest.raises(LookupError, match="on purpose"):
        failing.result()
    assert before.result()
    assert after.result()
    assert stored(store) == 2


def test_a_row_that_breaks_a_rule_of_the_table_fails_alone(store: Store) -> None:
    def break_a_rule(connection: Connection) -> None:
        connection.execute(submissions.insert(), {"campaign": "hketo", "visit": "x"})

    with writer_waits(store):
        failing = store.write(break_a_rule)
        other = store.write(adding("other"))
    with pytest.raises(IntegrityError):
        failing.result()
    assert other.result()


def test_a_job_that_was_cancelled_while_it_waited_is_not_run(store: Store) -> None:
    with writer_waits(store):
        future = store.write(adding("a"))
        assert future.cancel()
    assert stored(store) == 0


def test_a_full_queue_refuses_at_once(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "MAX_QUEUED", 3)
    with Store.open(settings, serving=True) as store, writer_waits(store):
        waiting = [store.write(adding(str(n))) for n in range(3)]
        with pytest.raises(UnavailableError):
            store.write(adding("one too many"))
    assert all(future.result() for future in waiting)


def test_closing_finishes_what_waits(settings: Settings) -> None:
    store = Store.open(settings, serving=True)
    waiting = [store.write(adding(str(n))) for n in range(500)]
    store.close()
    assert all(future.result(timeout=0) for future in waiting)


def test_a_closed_store_takes_no_more(settings: Settings) -> None:
    store = Store.open(settings, serving=True)
    store.close()
    with pytest.raises(UnavailableError):
        store.write(adding("late"))


def fill_the_disk(connection: Connection) -> None:
    """Let SQLite's own limit on pages stand for a full disk."""
    pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
    connection.exec_driver_sql(f"PRAGMA max_page_count = {pages + 1}").close()


def free_the_disk(connection: Connection) -> None:
    connection.exec_driver_sql("PRAGMA max_page_count = 1000000").close()


def add_much(connection: Connection) -> None:
    for number in range(2000):
        adding(f"much-{number}")(connection)


def test_a_full_disk_is_an_outage_and_heals_by_itself(store: Store) -> None:
    store.write(fill_the_disk).result()
    with pytest.raises(UnavailableError):
        store.write(add_much).result()
    assert stored(store) == 0
    store.write(free_the_disk).result()
    store.write(add_much).result()
    assert stored(store) == 2000


def test_a_full_disk_acknowledges_nothing_it_did_not_keep(store: Store) -> None:
    store.write(fill_the_disk).result()
    with writer_waits(store):
        futures: list[Future[Any]] = [store.write(adding(f"{n}-")) for n in range(300)]
        futures.append(store.write(add_much))
    kept = sum(future.exception() is None for future in futures)
    assert stored(store) == kept


def test_a_writer_that_stays_locked_out_says_so_and_lives(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widget_server.store.lock.PATIENCE_SECONDS", 0.1)
    other = FileLock(store.path.with_name("write.lock"))
    assert other.acquire()
    with pytest.raises(UnavailableError):
        store.write(adding("a")).result()
    other.close()
    assert store.write(adding("a")).result()


def test_an_outage_is_logged_without_the_values_of_the_row(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    store.write(fill_the_disk).result()
    future: Future[None] = store.write(add_much)
    assert isinstance(future.exception(), UnavailableError)
    assert "full" in caplog.text
    assert "much-" not in caplog.text
