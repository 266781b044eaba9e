"""Who is forgotten while their rows stand aside counts once, whatever is undone afterwards."""

from datetime import UTC, datetime

import pytest

from tests.store.aside import bring_back, everything, junk, kept_claims, numbers, record, set_aside
from tests.store.rows import submission
from widget_server.store import Store
from widget_server.store.forgetting import forget
from widget_server.store.rules import Rule

NOW = datetime(2026, 11, 25, tzinfo=UTC)
OF_BEACON = Rule(partner="beacon")


def forget_ada(store: Store) -> None:
    store.write(lambda rows: forget(rows, "hketo", b"ada".ljust(16), "command", NOW)).result()


def test_whoever_was_handed_on_stays_with_that_partner(store: Store) -> None:
    record(store, junk("a", "ada", "harbor"), submission("b", "ada", "beacon"))
    number = set_aside(store)
    forget_ada(store)
    bring_back(store, number)
    assert numbers(store) == {
        ("harbor", "submitted"): 1,
        ("beacon", "submitted"): 1,
        ("beacon", "supporters"): 1,
    }
    everything(store)


def test_whoever_stood_aside_alone_comes_back(store: Store) -> None:
    record(store, junk("a", "ada"), junk("b", "ada", "beacon"))
    before = everything(store)
    number = set_aside(store)
    forget_ada(store)
    bring_back(store, number)
    assert everything(store) == before


def test_whoever_was_not_set_aside_keeps_every_number(store: Store) -> None:
    record(store, submission("a", "ada"), junk("b", "ada", "beacon"))
    before = everything(store)
    number = set_aside(store)
    forget_ada(store)
    bring_back(store, number)
    assert everything(store) == before


@pytest.mark.parametrize("in_turn", [True, False])
def test_what_a_row_became_is_what_comes_back(store: Store, in_turn: bool) -> None:
    record(store, junk("a", "ada", "harbor"), submission("b", "ada", "beacon"))
    first = set_aside(store)
    forget_ada(store)
    second = set_aside(store, OF_BEACON)
    for number in (first, second) if in_turn else (second, first):
        bring_back(store, number)
    assert numbers(store, "supporters") == {("beacon", "supporters"): 1}
    assert numbers(store, "overlap") == {}
    assert kept_claims(store) == 0
    everything(store)
