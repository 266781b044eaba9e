"""Signs that are found afterwards are put on the rows they belong to, once."""

from sqlalchemy import Connection, select

from tests.store.rows import submission
from widget_server.store import Store, signs
from widget_server.store.schema import submissions
from widget_server.submit import record_all


def stored_signs(connection: Connection) -> dict[str, str]:
    rows = connection.execute(select(submissions.c.visit, submissions.c.signs))
    return {row.visit: row.signs for row in rows}


def test_a_sign_is_put_beside_those_that_are_there_and_never_twice(store: Store) -> None:
    def mark(connection: Connection) -> list[int]:
        record_all(connection, [submission(name) for name in ("bare", "other")])
        record_all(connection, [submission("fast", signs="fast"), submission("m", signs="many")])
        rows = [("hketo", name) for name in ("bare", "fast", "m", "unknown")]
        return [signs.add(connection, rows, "many") for _ in range(2)]

    assert store.write(mark).result() == [2, 0]
    with store.read() as connection:
        assert stored_signs(connection) == {
            "bare": "many",
            "other": "",
            "fast": "fast,many",
            "m": "many",
        }


def test_rows_of_another_campaign_are_left_alone(store: Store) -> None:
    def mark(connection: Connection) -> int:
        record_all(connection, [submission("v", campaign="one"), submission("v", campaign="two")])
        return signs.add(connection, [("one", "v")], "many")

    assert store.write(mark).result() == 1


def test_any_number_of_rows_can_be_marked_at_once(store: Store) -> None:
    names = [f"v-{number}" for number in range(1_200)]

    def mark(connection: Connection) -> int:
        record_all(connection, [submission(name) for name in names])
        return signs.add(connection, [("hketo", name) for name in names], "many")

    assert store.write(mark).result() == len(names)
