"""Processes of one database add up what each of them has seen."""

from sqlalchemy import Connection, func, select

from widget_server.store import Store, limits
from widget_server.store.schema import limits as table


def test_everybody_learns_the_sum(store: Store) -> None:
    def exchange(connection: Connection) -> dict[bytes, int]:
        limits.exchange(connection, 7, {b"a": 5, b"b": 1})
        return limits.exchange(connection, 7, {b"a": 6})

    assert store.write(exchange).result() == {b"a": 11, b"b": 1}


def test_another_period_is_none_of_it(store: Store) -> None:
    def exchange(connection: Connection) -> dict[bytes, int]:
        limits.exchange(connection, 7, {b"a": 5})
        return limits.exchange(connection, 8, {b"a": 1})

    assert store.write(exchange).result() == {b"a": 1}


def test_what_is_over_is_deleted(store: Store) -> None:
    def forget(connection: Connection) -> int:
        for period in (6, 7, 8):
            limits.exchange(connection, period, {b"a": 1})
        limits.forget(connection, 8)
        return connection.execute(select(func.count()).select_from(table)).scalar_one()

    assert store.write(forget).result() == 1
