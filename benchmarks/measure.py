"""One measured time beside its bound."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measure:
    """What took ``seconds``, and how long it may take."""

    name: str
    seconds: float
    bound_seconds: float

    @property
    def ratio(self) -> float:
        """The share of the bound that was used; over 1 is too slow."""
        return self.seconds / self.bound_seconds
