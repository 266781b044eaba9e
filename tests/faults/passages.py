"""One visit each: who comes from which partner in; the forms they send out."""

import time
from collections.abc import Mapping
from dataclasses import dataclass

from tests.faults.installation import Installation
from tests.faults.promises import Promises
from tests.faults.wire import Wire
from widget_server.model import Partner


@dataclass(frozen=True, slots=True)
class Passage:
    """``path`` is where the forms go, ``visit`` the token in each, ``person`` the rest."""

    id: str
    path: str
    visit: str
    person: Mapping[str, str]

    @classmethod
    def of(
        cls, installation: Installation, id: str, partner: Partner, person: str | None
    ) -> "Passage":
        """The passage of a person, or of somebody who does not say who they are."""
        return cls(
            id,
            f"/w/{installation.embed(partner)}",
            installation.visit(id, partner),
            _details(person) if person else {"anonymous": "yes"},
        )

    async def tweet(self, wire: Wire, promises: Promises) -> None:
        """Open a tweet. Raises ConnectionError."""
        fields = {"visit": self.visit, "kind": "tweet", "legislator": "P000197"}
        answer = await wire.post(f"{self.path}/act", fields)
        if answer.status not in {204, 503}:
            promises.faults.append(f"act: {answer.status} {answer.body[:200]!r}")

    async def submit(self, wire: Wire, promises: Promises) -> bool:
        """Be counted; whether that was promised. Raises ConnectionError."""
        promises.tries[self.id] += 1
        begun = time.monotonic()
        answer = await wire.post(f"{self.path}/submit", {"visit": self.visit, **self.person})
        seconds = time.monotonic() - begun
        promises.slowest_seconds = max(promises.slowest_seconds, seconds)
        return promises.hear(self.id, answer)


def _details(person: str) -> Mapping[str, str]:
    """What somebody fills in who wants to hear more, so that it is sealed."""
    return {
        "email": f"person-{person}@example.org",
        "name": "Ana Example",
        "zip": "94110",
        "updates": "yes",
    }
