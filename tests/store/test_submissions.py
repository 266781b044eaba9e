"""Who brought whom first is settled by the rows, whoever else is writing."""

import random
from threading import Thread
from typing import Any

import pytest
from sqlalchemy import Connection, Select, select
from sqlalchemy.exc import IntegrityError

from tests.store.rows import recording, recounted, submission, tallied
from widget_server.model import Receipt
from widget_server.store import Store, submissions
from widget_server.store.schema import submissions as table
from widget_server.store.sqlite import SQLite
from widget_server.store.submissions import Standing
from widget_server.submit import record_all

FIRST = Standing(first=True)


def standing_after(store: Store, *partners: str | None, here: str | None = "harbor") -> Standing:
    """What one more submission adds, after the same person's through these partners."""

    def submit(connection: Connection) -> Standing:
        for number, partner in enumerate(partners):
            record_all(connection, [submission(f"v{number}", "ada", partner)])
        return submissions.standings(connection, [submission("now", "ada", here)])[0]

    return store.write(submit).result()


def test_somebody_new_is_a_supporter(store: Store) -> None:
    assert standing_after(store) == FIRST


def test_somebody_known_here_adds_nobody(store: Store) -> None:
    assert standing_after(store, "harbor") == Standing()


def test_somebody_whom_another_partner_brought_overlaps(store: Store) -> None:
    assert standing_after(store, "beacon") == Standing(overlap=True)


def test_somebody_overlaps_once_with_a_partner(store: Store) -> None:
    assert standing_after(store, "beacon", "harbor") == Standing()


def test_a_partner_has_no_overlap_with_those_it_brought(store: Store) -> None:
    assert standing_after(store, "harbor", "beacon") == Standing()


def test_somebody_whom_no_partner_brought_does_not_overlap(store: Store) -> None:
    assert standing_after(store, None) == Standing()


def test_an_anonymous_submission_is_nobody_in_particular(store: Store) -> None:
    anonymous = submission("now", None)
    with store.read() as connection:
        assert submissions.standings(connection, [anonymous]) == [Standing()]


def test_a_person_is_a_supporter_of_each_campaign(store: Store) -> None:
    store.write(recording(submission("a", "ada"))).result()
    other = submission("b", "ada", campaign="other")
    judged = store.write(lambda connection: submissions.standings(connection, [other]))
    assert judged.result() == [FIRST]


def test_a_second_first_row_of_a_person_is_not_inserted(store: Store) -> None:
    def add(visit: str) -> int:
        sent = [submission(visit, "ada")]
        return store.write(lambda c: submissions.add(c, sent, [FIRST])).result()

    assert [add("a"), add("b")] == [1, 0]


def test_the_table_itself_refuses_a_second_first_row(store: Store) -> None:
    store.write(lambda c: submissions.add(c, [submission("a", "ada")], [FIRST])).result()

    def copy(connection: Connection) -> None:
        row = connection.execute(select(table)).one()
        connection.execute(table.insert(), {**row._mapping, "visit": "b"})

    with pytest.raises(IntegrityError):
        store.write(copy).result()


def test_a_repeated_visit_gets_its_first_reference_and_changes_nothing(store: Store) -> None:
    store.write(recording(submission("a", "ada"))).result()
    with store.read() as connection:
        before = tallied(connection)
    again = submission("a", "bob", partner="beacon")
    assert store.write(recording(again)).result() == Receipt("REF-a", repeated=True)
    with store.read() as connection:
        assert tallied(connection) == before


def test_the_same_visit_from_200_threads_is_one_row(store: Store) -> None:
    receipts: list[Receipt] = []

    def submit() -> None:
        receipts.append(store.write(recording(submission("a", "ada"))).result())

    threads = [Thread(target=submit) for _ in range(200)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(not receipt.repeated for receipt in receipts) == 1
    assert {receipt.reference for receipt in receipts} == {"REF-a"}
    with store.read() as connection:
        assert sum(tallied(connection, "submitted").values()) == 1


@pytest.mark.parametrize("seed", range(5))
def test_tallies_equal_a_recount_of_the_rows(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    people = [None, *(f"person-{n}" for n in range(20))]
    futures = [
        store.write(recording(sent))
        for sent in (
            submission(
                f"v{chance.randrange(200)}",
                chance.choice(people),
                chance.choice(["harbor", "beacon", "lantern", None]),
                chance.choice(["hketo", "other"]),
            )
            for _ in range(300)
        )
    ]
    assert all(future.result() for future in futures)
    with store.read() as connection:
        assert tallied(connection) == recounted(connection)


def test_supporters_and_overlap_are_the_people_themselves(store: Store) -> None:
    order = [("ada", "harbor"), ("ada", "beacon"), ("ada", "beacon"), ("bob", "beacon")]
    for number, (person, partner) in enumerate(order):
        sent = submission(f"v{number}", person, partner)
        store.write(recording(sent)).result()
    with store.read() as connection:
        found = {
            (key.partner, key.kind): n
            for key, n in tallied(connection, "supporters", "overlap").items()
        }
    assert found == {
        ("harbor", "supporters"): 1,
        ("beacon", "supporters"): 1,
        ("beacon", "overlap"): 1,
    }


def test_what_is_held_is_in_no_other_number(store: Store) -> None:
    held = submission("a", "ada", status="held", signs="fast,trap")
    assert store.write(recording(held)).result() == Receipt("REF-a", repeated=False)
    with store.read() as connection:
        assert {key.kind: n for key, n in tallied(connection).items()} == {"held": 1}
        row = connection.execute(select(table.c.status, table.c.signs)).one()
    assert tuple(row) == ("held", "fast,trap")


def test_what_is_held_neither_brings_a_person_nor_knows_one(store: Store) -> None:
    for visit, partner in (("a", "beacon"), ("b", "harbor")):
        store.write(recording(submission(visit, "ada", partner, status="held"))).result()
    assert standing_after(store) == FIRST
    assert standing_after(store, "beacon") == Standing(overlap=True)


def plan(connection: Connection, statement: Select[Any]) -> str:
    """How SQLite would find the rows of a statement."""
    asked = {"campaign": "hketo", "partner": "harbor", "supporter": b"a", "supporters": [b"a"]}
    compiled = statement.compile(connection)
    state = compiled.construct_expanded_state({**compiled.params, **asked})
    plan = f"EXPLAIN QUERY PLAN {state.statement}"
    found = connection.exec_driver_sql(plan, tuple(state.positional_parameters))
    return " ".join(row.detail for row in found)


def test_people_are_found_by_the_indexes_that_are_made_for_them(sqlite: Store) -> None:
    with sqlite.read() as connection:
        assert "one_first_submission" in plan(connection, SQLite.brought_by)
        assert "later_submission" in plan(connection, submissions._KNOWN_TO)
