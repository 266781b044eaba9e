"""Numbers of a period, and only of that one."""

from widget_server.web.counting import PERIOD_SECONDS, Counts


def test_each_key_is_counted_apart() -> None:
    counts = Counts[str]()
    assert [counts.add("a"), counts.add("a"), counts.add("b")] == [1, 2, 1]


def test_a_new_period_begins_anew() -> None:
    now = [0.0]
    counts = Counts[str](now=lambda: now[0])
    counts.add("a")
    now[0] = PERIOD_SECONDS
    assert counts.add("a") == 1


def test_other_processes_count_too_as_long_as_it_is_their_period() -> None:
    now = [0.0]
    counts = Counts[str](now=lambda: now[0])
    counts.learn(0, {"a": 10})
    assert counts.add("a") == 11
    now[0] = PERIOD_SECONDS
    counts.learn(0, {"a": 10})
    assert counts.add("a") == 1


def test_of_too_many_keys_the_oldest_go() -> None:
    counts = Counts[str](most=2)
    for key in ("a", "b", "c"):
        counts.add(key)
    assert counts.at_least(1) == {"b": 1, "c": 1}


def test_what_came_up_often_can_be_told() -> None:
    counts = Counts[str]()
    for key in ("a", "b", "b"):
        counts.add(key)
    assert counts.at_least(2) == {"b": 2}


def test_of_much_that_came_up_often_the_highest_is_told() -> None:
    counts = Counts[str]()
    for key in ("a", "b", "b", "c", "c", "c"):
        counts.add(key)
    assert counts.at_least(1, most=2) == {"b": 2, "c": 3}


def test_a_period_that_is_over_can_be_let_go_of_before_anything_comes_up() -> None:
    now = [0.0]
    counts = Counts[str](now=lambda: now[0])
    counts.add("a")
    now[0] = PERIOD_SECONDS
    counts.turn()
    now[0] = 0
    assert counts.at_least(1) == {}
