"""One measured amount beside its bound."""

from dataclasses import dataclass
from math import inf
from typing import Literal

Unit = Literal["seconds", "bytes", "things", "ratio", "per second"]


@dataclass(frozen=True, slots=True)
class Measure:
    """How much something took or did, and how much it may take, or with ``at_least`` has to do.

    ``bound`` is None for what is only told. ``peers`` is what others take for the same, as
    benchmarks/README.md has it.
    """

    name: str
    amount: float
    bound: float | None
    unit: Unit = "seconds"
    peers: str = ""
    at_least: bool = False

    @property
    def ratio(self) -> float:
        """Over 1 is over the bound: amount to bound, with ``at_least`` bound to amount."""
        if self.bound is None:
            return 0.0
        part, whole = (self.bound, self.amount) if self.at_least else (self.amount, self.bound)
        if not whole:
            return inf if part else 0.0
        return part / whole
