from collections import Counter

from widget_server.compose.rotation import mixed, rotated


def test_a_rotation_begins_further_on_and_keeps_the_order() -> None:
    assert rotated("abcd", 6) == ("c", "d", "a", "b")


def test_every_item_is_first_equally_often() -> None:
    firsts = Counter(rotated("abcde", rotation)[0] for rotation in range(500))
    assert set(firsts.values()) == {100}


def test_the_first_pick_differs_in_every_rotation_until_all_were_used() -> None:
    firsts = {mixed(["abc", "def", "ghi"], rotation, 3)[0] for rotation in range(27)}
    assert len(firsts) == 27


def test_the_picks_of_one_rotation_share_nothing() -> None:
    for rotation in range(27):
        picks = mixed(["abc", "def", "ghi"], rotation, 3)
        assert len({part for pick in picks for part in pick}) == 9
