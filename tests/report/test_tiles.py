from itertools import pairwise

from widget_server.places import STATE_NAMES
from widget_server.report.tiles import SHADES, draw


def test_every_place_with_a_seat_has_one_tile_of_its_own() -> None:
    drawn = draw({}).tiles
    assert sorted(tile.state for tile in drawn) == sorted(STATE_NAMES)
    assert len({(tile.x, tile.y) for tile in drawn}) == len(drawn)


def test_nothing_is_pale_and_has_no_legend() -> None:
    drawn = draw({})
    assert {tile.shade for tile in drawn.tiles} == {0}
    assert drawn.legend == ()


def test_the_most_is_the_darkest_and_every_number_has_its_shade() -> None:
    for most in (1, 2, 3, 4, 5, 10, 999, 1_000_000):
        drawn = draw({"CA": most, "WY": 1})
        shades = {tile.state: tile.shade for tile in drawn.tiles}
        assert shades["CA"] == SHADES
        assert shades["WY"] >= 1
        ends = [(each.first, each.last) for each in drawn.legend]
        assert ends[0][0] == 1
        assert ends[-1][1] == most
        assert all(after[0] == before[1] + 1 for before, after in pairwise(ends))
