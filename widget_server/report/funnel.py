"""What a visitor goes through: totals in; each step beside the one before out."""

from collections.abc import Mapping
from dataclasses import dataclass

#: The steps in order; each number is a part of the one before.
STEPS = ("shown", "found", "acted", "submitted", "supporters")


@dataclass(frozen=True, slots=True)
class Stage:
    """One step, as a share of the largest and of the one before, None without."""

    kind: str
    count: int
    of_all: float
    of_before: float | None


def funnel(totals: Mapping[str, int]) -> tuple[Stage, ...]:
    """The steps, each beside the one before.

    A step can be larger than the one before: visits without scripts are found and never shown.
    """
    largest = max(totals[kind] for kind in STEPS) or 1
    stages = []
    for before, kind in zip((None, *STEPS), STEPS, strict=False):
        count = totals[kind]
        share = count / totals[before] if before and 0 < count <= totals[before] else None
        stages.append(Stage(kind, count, count / largest, share))
    return tuple(stages)
