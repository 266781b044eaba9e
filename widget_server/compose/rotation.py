"""A fair turn for every text: visitor number r begins where visitor r - 1 did not."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def rotated(items: Sequence[T], rotation: int) -> tuple[T, ...]:
    """The items in their order, beginning with number ``rotation`` modulo their count."""
    start = rotation % len(items)
    return (*items[start:], *items[:start])


def mixed(parts: Sequence[Sequence[T]], rotation: int, count: int) -> tuple[tuple[T, ...], ...]:
    """So many picks of one item from each part, no item twice while its part has enough.

    The rotation counts through the combinations like a number with one digit a part, so the
    first pick is another one in each of the ``len(a) * len(b) * ...`` rotations.
    """
    starts: list[int] = []
    for part in parts:
        rotation, start = divmod(rotation, len(part))
        starts.append(start)
    return tuple(
        tuple(part[(start + turn) % len(part)] for part, start in zip(parts, starts, strict=True))
        for turn in range(count)
    )
