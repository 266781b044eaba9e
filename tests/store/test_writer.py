"""Jobs share a commit, fail alone, and are answered only when they are durable."""

from collections.abc import Callable, Sequence

import pytest
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from tests.store.rows import adding, recounted, stored, submission, tallied, writer_waits
from widget_server.errors import UnavailableError
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store import writer as writing
from widget_server.store.schema import submissions
from widget_server.submit import record_all


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


def counting(batches: list[int]) -> Callable[[Connection, Sequence[str]], list[bool]]:
    """A job for many visits at once, which notes how many it was given."""

    def add_all(connection: Connection, visits: Sequence[str]) -> list[bool]:
        batches.append(len(visits))
        return [adding(visit)(connection) for visit in visits]

    return add_all


def test_items_that_wait_together_are_done_in_one_call(store: Store) -> None:
    batches: list[int] = []
    add_all = counting(batches)
    with writer_waits(store):
        futures = [store.write_together(add_all, f"v{n}") for n in range(20)]
    assert all(future.result() for future in futures)
    assert batches == [20]


def test_an_item_that_spoils_its_batch_fails_alone(store: Store) -> None:
    add_all = counting([])

    def add_but_one(connection: Connection, visits: Sequence[str]) -> list[bool]:
        added = add_all(connection, visits)
        if "spoilt" in visits:
            raise LookupError("on purpose")
        return added

    with writer_waits(store):
        futures = {n: store.write_together(add_but_one, n) for n in ("a", "spoilt", "b")}
    with pytest.raises(LookupError, match="on purpose"):
        futures.pop("spoilt").result()
    assert all(future.result() for future in futures.values())
    assert stored(store) == 2


def test_submissions_of_one_batch_see_each_other(store: Store) -> None:
    sent = [("a", "ada", "harbor"), ("a", "ada", "harbor"), ("b", "ada", "beacon")]
    sent += [("c", "ada", "beacon"), ("d", "bob", "harbor")]
    with writer_waits(store):
        futures = [store.write_together(record_all, submission(*each)) for each in sent]
    assert [future.result().repeated for future in futures] == [False, True, False, False, False]
    with store.read() as connection:
        assert tallied(connection) == recounted(connection)
        kinds = {(key.partner, key.kind): n for key, n in tallied(connection).items()}
    assert kinds == {
        ("harbor", "submitted"): 2,
        ("harbor", "supporters"): 2,
        ("beacon", "submitted"): 2,
        ("beacon", "overlap"): 1,
    }
