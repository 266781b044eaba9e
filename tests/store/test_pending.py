"""Views and acts wait in memory, and are written once a second."""

from collections import Counter
from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from tests.patience import becomes
from tests.store.rows import DAY, recounted, tallied
from widget_server.errors import UnavailableError
from widget_server.settings import Settings
from widget_server.store import Store, pending
from widget_server.store.pending import Pending, Waiting
from widget_server.store.schema import source_tallies
from widget_server.store.tallies import TallyKey
from widget_server.store.writer import FLUSH_SECONDS


def key(kind: str, partner: str = "harbor", day: date = DAY) -> TallyKey:
    return TallyKey("hketo", partner, day, kind)


def flush(store: Store) -> None:
    """What the writer does each second, now."""
    store.write(store.pending.take().write).result()


def numbers(store: Store) -> Counter[TallyKey]:
    with store.read() as connection:
        return tallied(connection)


def recount(store: Store) -> Counter[TallyKey]:
    with store.read() as connection:
        return recounted(connection)


def test_views_and_answers_are_added_up(store: Store) -> None:
    for _ in range(3):
        store.pending.shown("hketo", "harbor", DAY)
    store.pending.found("hketo", None, DAY)
    flush(store)
    store.pending.shown("hketo", "harbor", DAY)
    flush(store)
    assert numbers(store) == {key("shown"): 4, key("found", partner=""): 1}


def test_what_waits_is_written_by_itself(store: Store) -> None:
    store.pending.shown("hketo", "harbor", DAY)
    assert becomes(lambda: bool(numbers(store)))
    assert FLUSH_SECONDS < 2


def test_what_waits_is_written_on_closing(settings: Settings, store: Store) -> None:
    store.pending.shown("hketo", "harbor", DAY)
    store.close()
    with Store.open(settings, serving=False) as again:
        assert numbers(again) == {key("shown"): 1}


def test_an_act_counts_once_per_visit_person_and_kind(store: Store) -> None:
    for _ in range(2):
        for kind in ("tweet", "email"):
            store.pending.act("hketo", "harbor", "v1", kind, "P000197", DAY)
        flush(store)
    assert numbers(store) == {key("tweet"): 1, key("email"): 1, key("acted"): 1}


def test_a_visit_has_acted_once_however_much_it_does(store: Store) -> None:
    for person in ("P000197", "S001150", "P000145"):
        store.pending.act("hketo", "harbor", "v1", "tweet", person, DAY)
    flush(store)
    store.pending.act("hketo", "harbor", "v1", "call", "P000197", DAY)
    flush(store)
    assert numbers(store) == {key("tweet"): 3, key("call"): 1, key("acted"): 1}


def test_a_share_is_counted_but_is_no_acting(store: Store) -> None:
    store.pending.act("hketo", "harbor", "v1", "share", "", DAY)
    flush(store)
    assert numbers(store) == {key("share"): 1}


def test_an_act_on_the_next_day_is_counted_there(store: Store) -> None:
    tomorrow = DAY + timedelta(days=1)
    store.pending.act("hketo", "harbor", "v1", "tweet", "P000197", DAY)
    store.pending.act("hketo", "harbor", "v1", "tweet", "S001150", tomorrow)
    flush(store)
    assert numbers(store) == {
        key("tweet"): 1,
        key("acted"): 1,
        key("tweet", day=tomorrow): 1,
    }


def test_acts_from_many_threads_equal_a_recount(settings: Settings, store: Store) -> None:
    def act(visits: range) -> None:
        for visit in visits:
            for person in ("P000197", "S001150"):
                store.pending.act("hketo", "harbor", f"v{visit}", "tweet", person, DAY)
                store.pending.shown("hketo", "harbor", DAY)

    threads = [Thread(target=act, args=(range(n * 10, n * 10 + 60),)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()
    expected = {key("tweet"): 260, key("acted"): 130}
    with Store.open(settings, serving=False) as again:
        assert recount(again) == expected
        assert numbers(again) == {**expected, key("shown"): 8 * 60 * 2}


def test_what_was_put_back_waits_before_what_came_since() -> None:
    waiting = Pending()
    waiting.act("hketo", "first", "v1", "tweet", "P000197", DAY)
    waiting.shown("hketo", "first", DAY)
    taken = waiting.take()
    waiting.act("hketo", "second", "v1", "tweet", "P000197", DAY)
    waiting.shown("hketo", "first", DAY)
    waiting.put_back(taken)
    again = waiting.take()
    assert [act.partner for act in again.acts] == ["first", "second"]
    assert again.counts[key("shown", partner="first")] == 2


def test_nothing_waits_after_it_was_taken() -> None:
    waiting = Pending()
    waiting.shown("hketo", None, DAY)
    waiting.take()
    assert waiting.take() == Waiting()


def test_very_many_acts_are_taken_in_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending, "MOST_ACTS_AT_ONCE", 2)
    waiting = Pending()
    for number in range(5):
        waiting.act("hketo", None, f"v{number}", "share", "", DAY)
    assert [len(waiting.take().acts) for _ in range(4)] == [2, 2, 1, 0]


def test_all_acts_are_written_on_closing(
    settings: Settings, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pending, "MOST_ACTS_AT_ONCE", 2)
    for number in range(5):
        store.pending.act("hketo", None, f"v{number}", "share", "", DAY)
    store.close()
    with Store.open(settings, serving=False) as again:
        assert numbers(again) == {key("share", partner=""): 5}


def test_memory_does_not_grow_when_the_disk_takes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pending, "MAX_WAITING", 2)
    waiting = Pending()
    for number in range(2):
        waiting.act("hketo", None, f"v{number}", "tweet", "P000197", DAY)
    with pytest.raises(UnavailableError):
        waiting.act("hketo", None, "v2", "tweet", "P000197", DAY)


def test_a_view_of_a_known_widget_is_counted_however_much_waits(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(pending, "MAX_WAITING", 1)
    waiting = Pending()
    for _ in range(5):
        waiting.shown("hketo", "harbor", DAY)
    assert waiting.take().counts[key("shown")] == 5


def test_what_came_through_a_label_is_counted_in_all_and_by_label(store: Store) -> None:
    store.pending.shown("hketo", "harbor", DAY, "footer")
    store.pending.shown("hketo", "harbor", DAY)
    store.pending.act("hketo", "harbor", "v1", "tweet", "P000197", DAY, "footer")
    flush(store)
    assert numbers(store) == {key("shown"): 2, key("tweet"): 1, key("acted"): 1}
    with store.read() as connection:
        rows = connection.execute(select(source_tallies)).all()
    assert {(row.source, row.kind): row.n for row in rows} == {
        ("footer", "shown"): 1,
        ("footer", "tweet"): 1,
        ("footer", "acted"): 1,
    }
