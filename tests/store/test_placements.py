"""Labels and sites are remembered once, and told apart by partner."""

from datetime import date, timedelta

from tests.store.rows import DAY
from widget_server.store import Store, placements
from widget_server.store.placements import Origin, Sighting

NEWS = "https://news.example"


def flush(store: Store) -> None:
    """What the writer does each second, now."""
    store.write(store.pending.take().write).result()


def sight(store: Store, day: date, *, refused: bool = False, origin: str = NEWS) -> None:
    store.pending.seen(Sighting("harbor", origin, refused, day))


def seen(store: Store, partner: str = "harbor") -> list[Origin]:
    with store.read() as connection:
        return list(placements.seen(connection, partner))


def test_a_label_is_known_once_something_came_through_it(store: Store) -> None:
    for source in ("footer", "footer", "", "letter"):
        store.pending.shown("hketo", "harbor", DAY, source)
    flush(store)
    with store.read() as connection:
        assert placements.labels(connection) == {"harbor": {"footer", "letter"}}


def test_a_site_is_remembered_from_its_first_day_to_its_last(store: Store) -> None:
    for days in (0, 0, 1, 3):
        sight(store, DAY + timedelta(days=days))
        flush(store)
    assert seen(store) == [Origin(NEWS, False, DAY, DAY + timedelta(days=3))]


def test_two_days_of_one_flush_are_one_row(store: Store) -> None:
    for days in (0, 1):
        sight(store, DAY + timedelta(days=days))
    flush(store)
    assert [origin.last_day for origin in seen(store)] == [DAY + timedelta(days=1)]


def test_what_was_refused_is_told_apart(store: Store) -> None:
    sight(store, DAY, refused=True)
    sight(store, DAY + timedelta(days=1))
    flush(store)
    assert [origin.refused for origin in seen(store)] == [False, True]
    assert not seen(store, "beacon")
