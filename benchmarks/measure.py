"""One measured amount beside its bound."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Measure:
    """How many seconds or bytes something took, and how many it may take."""

    name: str
    amount: float
    bound: float
    unit: Literal["seconds", "bytes"] = "seconds"

    @property
    def ratio(self) -> float:
        """The share of the bound that was used; over 1 is too much."""
        return self.amount / self.bound
