"""How much one address or one visit may do: who asks in; whether that is too much, out.

Nobody is counted for looking at a page. Beyond what people do an address is suspicious, which
``suspicion`` deals with; only a flood is refused.
"""

import time
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Literal

from starlette.requests import Request

from ..errors import LimitError
from ..settings import Settings
from .client import Names, client_address
from .counting import PERIOD_SECONDS, Counts
from .proxies import came_through_unknown
from .suspects import Suspects

#: What a visitor does that is counted.
Limited = Literal["find", "act", "submit"]
#: Of one address in a period. A university that takes part at noon stays far below.
FLOOD: Mapping[Limited, int] = MappingProxyType({"find": 10_000, "act": 60_000, "submit": 10_000})
FLOOD_OF_A_VISIT = 1_500
#: Of one address in a period; more is suspicious. Quick ones were sent as no person types.
MOST_SUBMISSIONS = 30
MOST_QUICK = 10


class Limits:
    """The numbers of every address and visit, in memory; ``secret`` is that of ``Names``."""

    def __init__(
        self, settings: Settings, secret: bytes = b"", now: Callable[[], float] = time.time
    ) -> None:
        self.on = settings.limits
        self.suspects = Suspects()
        self.addresses: Counts[tuple[str, bytes]] = Counts(now=now)
        self._visits: Counts[tuple[str, bytes]] = Counts(now=now)
        self.names = Names(secret, now)
        self.met_unknown_proxy = False
        self.trusted = settings.trusted_proxies
        self._now = now

    def name(self, request: Request) -> bytes:
        """Today's name of the address that asks."""
        if not self.met_unknown_proxy:
            self.met_unknown_proxy = came_through_unknown(request, self.trusted)
        return self.names.of(client_address(request, self.trusted))

    def admit(self, request: Request, step: Limited) -> None:
        """Count a step of this address. Raises LimitError in a flood."""
        if self.on and self.addresses.add((step, self.name(request))) > FLOOD[step]:
            raise LimitError(retry_after_seconds=self._seconds_left())

    def admit_visit(self, visit: str, step: Limited) -> None:
        """Count a step of this visit. Raises LimitError in a flood."""
        if self.on and self._visits.add((step, self.names.of(visit))) > FLOOD_OF_A_VISIT:
            raise LimitError(retry_after_seconds=self._seconds_left())

    def suspects_after(self, name: bytes, *, quick: bool) -> bool:
        """Count a submission from there; whether the address is suspicious by now."""
        sent = self.addresses.add(("sent", name))
        hasty = self.addresses.add(("quick", name)) if quick else 0
        if sent > MOST_SUBMISSIONS or hasty > MOST_QUICK:
            self.suspects.trip(name)
        return self.suspects.has_tripped(name)

    def let_go(self) -> None:
        """Forget a period that is over, also where nobody has come since."""
        self.addresses.turn()
        self._visits.turn()

    def _seconds_left(self) -> int:
        """Until the period is over."""
        return PERIOD_SECONDS - int(self._now()) % PERIOD_SECONDS
