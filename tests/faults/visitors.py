"""Visitors of two partners who submit without a pause: services in, what they promised out.

Whoever is not answered, or is told to try again, tries again with the same visit until the
answer comes. A third are anonymous, a third give a new address, a third one that others give
too. Every other one opens a tweet first; some submit once more after they were thanked.
"""

import asyncio
import random
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.faults.installation import Installation
from tests.faults.promises import Promises
from tests.faults.wire import Wire

PAUSE_SECONDS = 0.05
#: Longer than any answer may take.
PATIENCE_SECONDS = 20
KNOWN_PEOPLE = 200
AGAIN = 0.1


@dataclass(frozen=True, slots=True)
class Passage:
    """One visit: where its forms go, and what is in them."""

    id: str
    path: str
    visit: str
    person: Mapping[str, str]
    tweets: bool


@dataclass
class Visitors:
    """``count`` of them at a time, spread over the services at ``origins``."""

    installation: Installation
    origins: Sequence[str]
    seed: int
    count: int = 16
    promises: Promises = field(default_factory=Promises)
    _stop: Event = field(default_factory=Event)

    @contextmanager
    def submitting(self) -> Iterator[Promises]:
        """They come and go, in a thread of their own, until the block ends."""
        thread = Thread(target=lambda: asyncio.run(self._all()))
        thread.start()
        try:
            yield self.promises
        finally:
            self._stop.set()
            thread.join()

    async def _all(self) -> None:
        async with asyncio.TaskGroup() as group:
            for number in range(self.count):
                group.create_task(self._one_after_another(number))

    async def _one_after_another(self, number: int) -> None:
        chance = random.Random(f"{self.seed}-{number}")
        turn = 0
        with Wire(self.origins[number % len(self.origins)]) as wire:
            while not self._stop.is_set():
                turn += 1
                passage = self._passage(f"{self.seed}-{number}-{turn}", chance)
                await self._submit(wire, passage)
                if chance.random() < AGAIN:
                    await self._submit(wire, passage)

    def _passage(self, id: str, chance: random.Random) -> Passage:
        partner = chance.choice(self.installation.partners)
        person = chance.choice(
            (
                {"anonymous": "yes"},
                _person(id),
                _person(str(chance.randrange(KNOWN_PEOPLE))),
            )
        )
        return Passage(
            id,
            f"/w/{self.installation.embed(partner)}",
            self.installation.visit(id, partner),
            person,
            tweets=chance.random() < 0.5,
        )

    async def _submit(self, wire: Wire, passage: Passage) -> None:
        """Try until the answer is a promise, or nobody waits for it any more."""
        while not self._stop.is_set():
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    if await self._try(wire, passage):
                        return
            except ConnectionError:
                self.promises.unanswered += 1
            except TimeoutError:
                self.promises.faults.append(f"no answer in {PATIENCE_SECONDS} s")
            await asyncio.sleep(PAUSE_SECONDS)

    async def _try(self, wire: Wire, passage: Passage) -> bool:
        if passage.tweets:
            tweet = {"visit": passage.visit, "kind": "tweet", "legislator": "P000197"}
            answer = await wire.post(f"{passage.path}/act", tweet)
            if answer.status not in {204, 503}:
                self.promises.faults.append(f"act: {answer.status} {answer.body[:200]!r}")
        self.promises.tries[passage.id] += 1
        begun = time.monotonic()
        answer = await wire.post(
            f"{passage.path}/submit", {"visit": passage.visit, **passage.person}
        )
        seconds = time.monotonic() - begun
        self.promises.slowest_seconds = max(self.promises.slowest_seconds, seconds)
        return self.promises.hear(passage.id, answer)


def _person(name: str) -> Mapping[str, str]:
    return {
        "email": f"person-{name}@example.org",
        "name": "Ana Example",
        "zip": "94110",
        "updates": "yes",
    }
