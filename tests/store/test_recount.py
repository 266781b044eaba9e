"""Tallies that went wrong are found by counting rows, and mended while others write."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import Event, Thread

import pytest
from sqlalchemy import Connection, delete, update

from tests.store.rows import DAY, recording, recounted, submission, tallied
from widget_server.model import ACT_KINDS, ASIDE_KINDS
from widget_server.settings import Settings
from widget_server.store import Store, actions
from widget_server.store.actions import Act
from widget_server.store.recount import Difference, differences, mend
from widget_server.store.schema import source_tallies, tallies
from widget_server.store.tallies import TallyKey, add

Damage = Callable[[Connection], None]


@pytest.fixture(autouse=True)
def filled(store: Store) -> None:
    """People of two campaigns and two partners, known and new, and what they opened."""
    for number, (person, partner) in enumerate(
        [("ada", "harbor"), ("ada", "island"), ("bo", None), (None, "harbor"), ("cy", "island")]
    ):
        for campaign in ("hketo", "other"):
            sent = submission(f"v{number}", person, partner, campaign)
            store.write(recording(sent)).result()
            held = submission(f"held-{number}", person, partner, campaign, status="held")
            store.write(recording(held)).result()
    acts = [
        Act("hketo", f"v{n % 3}", kind, "P000197", "harbor", DAY)
        for n in range(5)
        for kind in ACT_KINDS
    ]
    store.write(lambda connection: actions.record(connection, acts)).result()
    seen = {TallyKey("hketo", "harbor", DAY, kind): 7 for kind in ("shown", "found")}
    store.write(lambda connection: add(connection, seen)).result()


def found(store: Store, campaign: str | None = None) -> tuple[Difference, ...]:
    with store.read() as connection:
        return differences(connection, campaign)


def mended(store: Store) -> None:
    store.write(lambda connection: mend(connection, found(store))).result()


def is_exact(store: Store) -> bool:
    kinds = ("submitted", "supporters", "overlap", *ASIDE_KINDS, "acted", *ACT_KINDS)
    with store.read() as connection:
        return +tallied(connection, *kinds) == recounted(connection)


def one_too_many(connection: Connection) -> None:
    key = TallyKey("hketo", "harbor", DAY, "submitted")
    add(connection, {key: 1})


def all_lost(connection: Connection) -> None:
    connection.execute(delete(tallies).where(tallies.c.kind.not_in(["shown", "found"])))


def of_nobody(connection: Connection) -> None:
    add(connection, {TallyKey("hketo", "nobody", DAY, "supporters"): 3})


def all_doubled(connection: Connection) -> None:
    connection.execute(update(tallies).values(n=tallies.c.n * 2))


def test_what_was_counted_as_it_came_in_does_not_differ(store: Store) -> None:
    assert found(store) == ()


def test_a_difference_says_what_was_tallied_and_what_the_rows_say(store: Store) -> None:
    store.write(one_too_many).result()
    key = TallyKey("hketo", "harbor", DAY, "submitted")
    assert found(store) == (Difference(key, tallied=3, counted=2, mend=-1),)


@pytest.mark.parametrize("damage", [one_too_many, all_lost, of_nobody, all_doubled])
def test_mended_tallies_equal_a_recount(store: Store, damage: Damage) -> None:
    store.write(damage).result()
    assert not is_exact(store)
    mended(store)
    assert is_exact(store)
    assert found(store) == ()


def test_views_and_answers_are_left_alone(store: Store) -> None:
    store.write(of_nobody).result()
    mended(store)
    with store.read() as connection:
        seen = tallied(connection, "shown", "found")
    assert {key.kind: n for key, n in seen.items()} == {"shown": 7, "found": 7}


def test_one_campaign_can_be_compared_alone(store: Store) -> None:
    store.write(all_lost).result()
    assert {each.key.campaign for each in found(store, "other")} == {"other"}


def test_mending_the_same_difference_twice_is_mending_it_once(store: Store) -> None:
    store.write(one_too_many).result()
    differing = found(store)
    for _ in range(2):
        store.write(lambda connection: mend(connection, differing)).result()
    assert is_exact(store)


def test_what_goes_wrong_again_is_mended_again(store: Store) -> None:
    for _ in range(3):
        store.write(one_too_many).result()
        mended(store)
        assert is_exact(store)


@contextmanager
def writing(store: Store) -> Iterator[Event]:
    """A service that takes submissions until the block ends; the event says it has begun."""
    begun, stop = Event(), Event()

    def submit() -> None:
        for number in range(10_000):
            if stop.is_set():
                return
            sent = submission(f"more-{number}", f"person-{number % 40}", "harbor")
            store.write(recording(sent)).result()
            begun.set()

    thread = Thread(target=submit)
    thread.start()
    try:
        yield begun
    finally:
        stop.set()
        thread.join()


def test_nothing_is_lost_of_what_comes_in_meanwhile(settings: Settings, store: Store) -> None:
    store.write(all_lost).result()
    with writing(store) as begun, Store.open(settings, serving=False) as command:
        assert begun.wait(10)
        for _ in range(5):
            mended(command)
            command.write(one_too_many).result()
        mended(command)
    assert is_exact(store)
    assert found(store) == ()


def test_labelled_tallies_are_compared_and_mended_too(store: Store) -> None:
    sent = replace(submission("labelled", "dee", "harbor"), source="footer")
    store.write(recording(sent)).result()
    act = Act("hketo", "labelled", "tweet", "P000197", "harbor", DAY, "footer")
    store.write(lambda connection: actions.record(connection, [act])).result()
    assert found(store) == ()
    store.write(lambda c: c.execute(update(source_tallies).values(n=9)) and None).result()
    assert {(each.key.source, each.counted) for each in found(store)} == {("footer", 1)}
    assert {each.key.kind for each in found(store)} == {
        "submitted",
        "supporters",
        "tweet",
        "acted",
    }
    mended(store)
    assert found(store) == ()
