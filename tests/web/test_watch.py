"""Two processes know together what neither knows alone; rows of a tripped address are marked."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.store.rows import recording, submission
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.schema import submissions
from widget_server.web.counting import PERIOD_SECONDS
from widget_server.web.limits import MOST_SUBMISSIONS, Limits
from widget_server.web.watch import WORTH_SHARING, Watch

pytestmark = pytest.mark.anyio

SECRET = b"s" * 32


@pytest.fixture
def settings(tmp_path: Path, postgres_url: str) -> Settings:
    return Settings(home=tmp_path, keys=tmp_path / "keys", database_url=postgres_url)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    with Store.open(settings, serving=True) as opened:
        yield opened


async def test_an_address_trips_on_what_it_did_elsewhere(settings: Settings, store: Store) -> None:
    here, there = (Limits(settings, SECRET, lambda: 0.0) for _ in range(2))
    watches = [Watch(store, limits) for limits in (here, there)]
    for _ in range(MOST_SUBMISSIONS // 2):
        assert not here.suspects_after(b"a", quick=False)
        assert not there.suspects_after(b"a", quick=False)
    for watch in (*watches, *watches):
        await watch.look()
    assert here.suspects_after(b"a", quick=False)
    assert there.suspects_after(b"a", quick=False)


async def test_nothing_is_counted_twice(settings: Settings, store: Store) -> None:
    limits = Limits(settings, SECRET, lambda: 0.0)
    watch = Watch(store, limits)
    for number in range(WORTH_SHARING + 3):
        assert limits.addresses.add(("sent", b"a")) == number + 1
        await watch.look()


async def test_what_an_address_did_before_it_tripped_is_marked(
    settings: Settings, store: Store
) -> None:
    limits = Limits(settings, SECRET, lambda: 0.0)
    store.write(recording(submission("v"))).result()
    limits.suspects.note_sent(b"a", ("hketo", "v"), marked=False)
    limits.suspects.trip(b"a")
    await Watch(store, limits).look()
    with store.read() as connection:
        assert connection.execute(select(submissions.c.signs)).scalar_one() == "many"


async def test_who_came_is_forgotten_with_the_period_also_where_nobody_comes_after(
    settings: Settings, store: Store
) -> None:
    now = [0.0]
    limits = Limits(settings, SECRET, lambda: now[0])
    limits.addresses.add(("find", b"a"))
    now[0] = PERIOD_SECONDS
    await Watch(store, limits).look()
    now[0] = 0.0
    assert limits.addresses.at_least(1) == {}
