"""One measured amount beside its bound."""

from dataclasses import dataclass
from math import inf
from typing import Literal


@dataclass(frozen=True, slots=True)
class Measure:
    """How many seconds, bytes or things something took, and how many it may take.

    ``peers`` is what others take for the same, as benchmarks/README.md has it.
    """

    name: str
    amount: float
    bound: float
    unit: Literal["seconds", "bytes", "things"] = "seconds"
    peers: str = ""

    @property
    def ratio(self) -> float:
        """The share of the bound that was used; over 1 is too much."""
        if not self.bound:
            return inf if self.amount else 0.0
        return self.amount / self.bound
