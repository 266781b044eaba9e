"""Those who wait for a commit go together, and each is told what came of theirs."""

import asyncio
from collections.abc import Callable, Sequence
from threading import Event

import pytest
from sqlalchemy import Connection
from starlette.applications import Starlette

from widget_server.errors import ClosedError, UnavailableError
from widget_server.store import Store
from widget_server.web.commits import Commits

pytestmark = pytest.mark.anyio


@pytest.fixture
def store(app: Starlette) -> Store:
    store: Store = app.state.service.store
    return store


def double(connection: Connection, numbers: Sequence[int]) -> list[int]:
    return [2 * number for number in numbers]


def number(value: int) -> Callable[[], int]:
    return lambda: value


async def test_everybody_is_told_what_came_of_theirs(store: Store) -> None:
    commits = Commits(store)
    told = await asyncio.gather(*(commits.together(double, number(value)) for value in range(100)))
    assert told == [2 * value for value in range(100)]


async def test_who_comes_at_the_same_moment_shares_one_commit(store: Store) -> None:
    batches: list[int] = []

    def record(connection: Connection, numbers: Sequence[int]) -> Sequence[int]:
        batches.append(len(numbers))
        return numbers

    commits = Commits(store)
    await asyncio.gather(*(commits.together(record, number(value)) for value in range(100)))
    assert sum(batches) == 100
    assert len(batches) <= 2


async def test_one_who_cannot_begin_keeps_nobody_else(store: Store) -> None:
    def closed() -> int:
        raise ClosedError("ended")

    commits = Commits(store)
    makes = (number(1), closed, number(3))
    told = await asyncio.gather(
        *(commits.together(double, make) for make in makes), return_exceptions=True
    )
    assert told[0] == 2
    assert isinstance(told[1], ClosedError)
    assert told[2] == 6


async def test_a_change_goes_alone(store: Store) -> None:
    assert await Commits(store).alone(lambda connection: "done") == "done"


async def test_a_store_that_takes_nothing_is_an_outage(store: Store) -> None:
    store.close()
    with pytest.raises(UnavailableError):
        await Commits(store).together(double, number(1))


async def test_nobody_waits_for_ever_and_what_waits_is_not_tried_any_more(store: Store) -> None:
    begun, hold, tried = Event(), Event(), Event()

    def wait(connection: Connection) -> None:
        begun.set()
        hold.wait(5)

    def record(connection: Connection, numbers: Sequence[int]) -> Sequence[int]:
        tried.set()
        return numbers

    held = store.write(wait)
    begun.wait(5)
    try:
        with pytest.raises(UnavailableError):
            await Commits(store, patience_seconds=0.05).together(record, number(1))
    finally:
        hold.set()
    held.result()
    store.write(lambda connection: None).result()
    assert not tried.is_set()
