"""The states as a map of equal tiles: their numbers in, shaded squares of a drawing out.

Each state and territory is a square about where it lies, so that a small one is seen as well as
a large one. A tile is 100 units wide.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

#: A row of the map each; two letters are a tile, dots are water.
_ROWS = (
    "AK..................ME",
    "..................VTNH",
    "WAIDMTNDMNILWIMINYRIMA",
    "ORNVWYSDIAINOHPANJCT..",
    "CAUTCONEMOKYWVVAMDDE..",
    "..AZNMKSARTNNCSCDC....",
    "......OKLAMSALGA......",
    "HI....TX........FL....",
    "GUMPAS............PRVI",
)
#: As many shades as can be told apart, with a bar in each that is as long as it is dark.
SHADES = 4

TILE = 100
GAP = 8


@dataclass(frozen=True, slots=True)
class Tile:
    """One state; ``shade`` is 0 where nothing came from, else 1 to ``SHADES``."""

    state: str
    x: int
    y: int
    count: int
    shade: int


@dataclass(frozen=True, slots=True)
class Shade:
    """What a shade stands for: the numbers from ``first`` to ``last``."""

    shade: int
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class TileMap:
    """Every tile, and the shades that occur, the palest first."""

    tiles: tuple[Tile, ...]
    legend: tuple[Shade, ...]
    width: int = TILE * len(_ROWS[0]) // 2
    height: int = TILE * len(_ROWS)
    side: int = TILE - GAP


def draw(states: Mapping[str, int]) -> TileMap:
    """Draw the numbers of the states; what has none is pale."""
    legend = _legend(max(states.values(), default=0))
    tiles = (
        _tile(row[place : place + 2], place // 2, line, states, legend)
        for line, row in enumerate(_ROWS)
        for place in range(0, len(row), 2)
    )
    return TileMap(tuple(tile for tile in tiles if tile.state != ".."), legend)


def _legend(highest: int) -> tuple[Shade, ...]:
    """Each shade reaches as many times further as the one before: few states have most people."""
    ends = sorted({ceil(highest ** (n / SHADES)) for n in range(1, SHADES + 1)} - {0})
    first = SHADES - len(ends) + 1
    return tuple(
        Shade(first + index, below + 1, end)
        for index, (below, end) in enumerate(pairwise([0, *ends]))
    )


def _tile(
    state: str, column: int, row: int, states: Mapping[str, int], legend: tuple[Shade, ...]
) -> Tile:
    count = states.get(state, 0)
    shade = next((each.shade for each in legend if each.first <= count <= each.last), 0)
    return Tile(state, column * TILE, row * TILE, count, shade)
