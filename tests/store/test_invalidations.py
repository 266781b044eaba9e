"""What is set aside brings nobody, takes nobody from anybody, and comes back to the unit."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.store.aside import (
    JUNK,
    NOW,
    accept,
    bring_back,
    everything,
    junk,
    kept_claims,
    numbers,
    record,
    set_aside,
)
from tests.store.rows import DAY, submission
from widget_server.model import Submission
from widget_server.store import Store, invalidations
from widget_server.store.rules import Rule, preview
from widget_server.store.schema import invalidated


def test_what_is_invalidated_stays_submitted_and_brings_nobody(store: Store) -> None:
    record(store, junk("a", "ada"), submission("b", "bo"))
    set_aside(store)
    assert numbers(store) == {
        ("harbor", "submitted"): 2,
        ("harbor", "invalidated"): 1,
        ("harbor", "supporters"): 1,
    }
    everything(store)


def test_a_person_whom_junk_brought_is_the_honest_partners(store: Store) -> None:
    record(store, junk("a", "ada", "harbor"), submission("b", "ada", "beacon"))
    set_aside(store)
    assert numbers(store, "supporters", "overlap") == {("beacon", "supporters"): 1}
    everything(store)


def test_the_rest_overlap_with_whom_the_person_is_handed_to(store: Store) -> None:
    later = submission("c", "ada", "lantern", day=DAY + timedelta(days=1))
    record(store, junk("a", "ada"), submission("b", "ada", "beacon"), later)
    set_aside(store)
    assert numbers(store, "supporters", "overlap") == {
        ("beacon", "supporters"): 1,
        ("lantern", "overlap"): 1,
    }
    everything(store)


def test_a_partners_own_next_submission_comes_before_a_later_one_of_a_rival(store: Store) -> None:
    own = submission("b", "ada", "harbor", day=DAY + timedelta(days=1))
    rival = submission("c", "ada", "beacon", day=DAY + timedelta(days=2))
    record(store, junk("a", "ada", "harbor"), own, rival)
    set_aside(store)
    assert numbers(store, "supporters", "overlap") == {
        ("harbor", "supporters"): 1,
        ("beacon", "overlap"): 1,
    }
    everything(store)


def test_what_no_partner_brought_leaves_nobody_overlapping(store: Store) -> None:
    record(store, junk("a", "ada"), submission("b", "ada", None))
    set_aside(store)
    assert numbers(store, "supporters", "overlap") == {("", "supporters"): 1}


def test_somebody_new_again_is_brought_by_whoever_comes_next(store: Store) -> None:
    record(store, junk("a", "ada"))
    set_aside(store)
    record(store, submission("b", "ada", "beacon"))
    assert numbers(store, "supporters") == {("beacon", "supporters"): 1}


def test_undone_every_number_is_as_before(store: Store) -> None:
    record(
        store,
        junk("a", "ada", "harbor"),
        submission("b", "ada", "beacon"),
        submission("c", "ada", "beacon"),
        junk("d", None),
        junk("e", "bo", "lantern"),
    )
    before = everything(store)
    bring_back(store, set_aside(store))
    assert everything(store) == before
    assert kept_claims(store) == 0


def test_undone_it_is_as_if_it_had_never_been(store: Store) -> None:
    record(store, junk("a", "ada", "harbor"))
    number = set_aside(store)
    record(store, submission("b", "ada", "beacon"), submission("c", "cy", "beacon"))
    bring_back(store, number)
    assert numbers(store, "supporters", "overlap") == {
        ("harbor", "supporters"): 1,
        ("beacon", "overlap"): 1,
        ("beacon", "supporters"): 1,
    }
    everything(store)


def test_who_comes_back_was_there_before_who_came_in_between(store: Store) -> None:
    record(store, submission("a", "ada", "harbor"), submission("b", "ada", "beacon"))
    set_aside(store, Rule(partner="harbor"))
    second = set_aside(store, Rule(partner="beacon"))
    record(store, submission("c", "ada", "lantern", day=DAY + timedelta(days=1)))
    bring_back(store, second)
    assert numbers(store, "supporters", "overlap") == {
        ("beacon", "supporters"): 1,
        ("lantern", "overlap"): 1,
    }
    everything(store)


def some_submissions(chance: random.Random, prefix: str) -> Sequence[Submission]:
    people = [None, *(f"person-{n}" for n in range(6))]
    found = []
    for number in range(40):
        sent = submission(
            f"{prefix}-{number}",
            chance.choice(people),
            chance.choice(["harbor", "beacon", "lantern", None]),
            signs=chance.choice(["", "many", "fast", "many,trap"]),
        )
        found.append(replace(sent, source=chance.choice(["", "top"]) if sent.partner else ""))
    return found


@pytest.mark.parametrize("seed", range(8))
def test_in_whatever_order_they_are_undone_every_number_is_as_before(
    store: Store, seed: int
) -> None:
    chance = random.Random(seed)
    record(store, *some_submissions(chance, "v"))
    before = everything(store)
    rules = [Rule(signs="many"), Rule(partner="harbor"), Rule(signs="fast"), Rule(partner="")]
    chance.shuffle(rules)
    made = []
    for rule in rules:
        made.append(set_aside(store, rule))
        everything(store)
    chance.shuffle(made)
    for number in made:
        bring_back(store, number)
        everything(store)
    assert everything(store) == before
    assert kept_claims(store) == 0


@pytest.mark.parametrize("seed", range(8))
def test_every_number_is_exact_after_others_came_in_between(store: Store, seed: int) -> None:
    chance = random.Random(seed)
    first, second = some_submissions(chance, "v"), some_submissions(chance, "w")
    record(store, *first)
    one = set_aside(store, Rule(partner="harbor"))
    record(store, *(replace(each, day=DAY + timedelta(days=1)) for each in second))
    two = set_aside(store, JUNK)
    for number in chance.sample([one, two], 2):
        bring_back(store, number)
        everything(store)
    never = [replace(each, campaign="other") for each in first]
    after = [replace(each, campaign="other", day=DAY + timedelta(days=1)) for each in second]
    record(store, *never, *after)
    found = everything(store)
    others = {
        key._replace(campaign="hketo"): n for key, n in found.items() if key.campaign == "other"
    }
    assert {key: n for key, n in found.items() if key.campaign == "hketo"} == others


def test_what_is_accepted_counts_as_of_its_day(store: Store) -> None:
    later = submission("b", "ada", "beacon", day=DAY + timedelta(days=1))
    record(store, submission("a", "ada", "harbor", status="held"), later)
    accept(store)
    before = everything(store)
    assert numbers(store, "supporters", "overlap") == {
        ("harbor", "supporters"): 1,
        ("beacon", "overlap"): 1,
    }
    bring_back(store, set_aside(store, Rule(partner="harbor")))
    assert everything(store) == before


def test_what_is_accepted_comes_after_what_counted_on_its_day(store: Store) -> None:
    record(
        store,
        submission("a", "ada", "harbor", status="held"),
        submission("b", "bo", "harbor", status="held"),
        submission("c", "ada", "beacon"),
    )
    accept(store)
    assert numbers(store) == {
        ("harbor", "submitted"): 2,
        ("harbor", "supporters"): 1,
        ("harbor", "overlap"): 1,
        ("beacon", "submitted"): 1,
        ("beacon", "supporters"): 1,
    }
    everything(store)


def test_what_is_rejected_comes_back_to_be_held(store: Store) -> None:
    record(store, submission("a", "ada", status="held"))
    before = everything(store)
    number = store.write(
        lambda connection: invalidations.begin(connection, "hketo", Rule(), "command", NOW)
    ).result()
    store.write(
        lambda connection: invalidations.set_aside(connection, "hketo", number, Rule(), "held", "")
    ).result()
    assert numbers(store) == {("harbor", "submitted"): 1, ("harbor", "invalidated"): 1}
    bring_back(store, number)
    assert everything(store) == before


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(partner="harbor"), {"a", "b", "c"}),
        (Rule(partner=""), {"d"}),
        (Rule(signs="many"), {"b"}),
        (Rule(signs="man"), set()),
        (Rule(signs="%"), set()),
        (Rule(since=date(2026, 11, 23)), {"c"}),
        (Rule(until=DAY), {"a", "b", "d"}),
        (Rule(language="es"), {"a"}),
        (Rule(source="top"), {"c"}),
        (Rule(partner="harbor", language="en", until=DAY), {"b"}),
    ],
)
def test_a_rule_means_what_it_says(store: Store, rule: Rule, expected: set[str]) -> None:
    tomorrow = DAY + timedelta(days=1)
    record(
        store,
        replace(submission("a"), language="es"),
        junk("b", None),
        replace(submission("c", day=tomorrow), source="top"),
        submission("d", None, None),
    )
    with store.read() as connection:
        found = preview(connection, "hketo", rule, "counted")
    assert sum(each.submitted for each in found) == len(expected)
    set_aside(store, rule)
    with store.read() as connection:
        assert set(connection.execute(select(invalidated.c.visit)).scalars()) == expected


def test_a_preview_has_a_line_for_each_partner_and_day(store: Store) -> None:
    record(store, junk("a", "ada"), junk("b", "ada"), junk("c", "bo", None), submission("d"))
    with store.read() as connection:
        found = preview(connection, "hketo", JUNK, "counted")
    assert [(each.partner, each.day, each.submitted, each.supporters) for each in found] == [
        ("", DAY, 1, 1),
        ("harbor", DAY, 2, 1),
    ]
