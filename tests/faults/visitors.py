"""Visitors of two partners who submit without a pause: services in, what they promised out.

Whoever is not answered, or is told to try again, tries again with the same visit until the
answer comes. A third are anonymous, a third give a new address, a third one that others give
too. Every other one opens a tweet first; some submit once more after they were thanked.
"""

import asyncio
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event, Thread

from tests.faults.installation import Installation
from tests.faults.passages import Passage
from tests.faults.promises import Promises
from tests.faults.wire import Wire

PAUSE_SECONDS = 0.05
#: Longer than any answer may take.
PATIENCE_SECONDS = 20
KNOWN_PEOPLE = 200
TWEET = 0.5
SUBMIT_AGAIN = 0.1


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
                await self._insist(wire, passage, tweets=chance.random() < TWEET)
                if chance.random() < SUBMIT_AGAIN:
                    await self._insist(wire, passage)

    def _passage(self, id: str, chance: random.Random) -> Passage:
        partner = chance.choice(self.installation.partners)
        person = chance.choice((None, id, str(chance.randrange(KNOWN_PEOPLE))))
        return Passage.of(self.installation, id, partner, person)

    async def _insist(self, wire: Wire, passage: Passage, *, tweets: bool = False) -> None:
        """Try until the answer is a promise, or nobody waits for it any more."""
        while not self._stop.is_set():
            try:
                async with asyncio.timeout(PATIENCE_SECONDS):
                    if tweets:
                        await passage.tweet(wire, self.promises)
                    if await passage.submit(wire, self.promises):
                        return
            except ConnectionError:
                self.promises.unanswered += 1
            except TimeoutError:
                self.promises.faults.append(f"no answer in {PATIENCE_SECONDS} s")
            await asyncio.sleep(PAUSE_SECONDS)
