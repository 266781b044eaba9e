"""Scripts that inflate one partner and rob another: addresses in; junk, and what came of it, out.

Half of the junk is for either partner; a third
gives an address of its own, a third that of somebody who will come by themselves, a third none.
When work is asked for, few do it; most send the form as a page without scripts does, or give up.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Self

from altcha import Challenge, Payload, solve_challenge

from tests.faults.installation import Installation
from tests.faults.passages import Passage
from tests.faults.wire import Answer, Wire

#: How many in a hundred do the work.
WORKING = 2
PAGES = 50


@dataclass
class Junk:
    """``passages`` by the address that they come from; ``statuses`` of the last answer to each.

    It can be sent to another process.
    """

    origin: str
    passages: Mapping[str, Sequence[Passage]]
    statuses: Counter[int] = field(default_factory=Counter)

    @classmethod
    def of(
        cls,
        installation: Installation,
        origin: str,
        addresses: Sequence[str],
        number: int,
        people: int,
    ) -> Self:
        """So many submissions from each address; so many ``people`` are known to everybody."""
        return cls(
            origin,
            {each: list(_passages(installation, each, number, people)) for each in addresses},
        )

    def flood(self, pause_seconds: float) -> Counter[int]:
        """Submit it all: the addresses begin one after another, each with a pause after each."""

        async def all_at_once() -> None:
            async with asyncio.TaskGroup() as group:
                for address in self.passages:
                    group.create_task(self._post(address, pause_seconds))

        asyncio.run(all_at_once())
        return self.statuses

    async def _post(self, address: str, pause_seconds: float) -> None:
        chance = random.Random(address)
        await asyncio.sleep(pause_seconds * chance.random())
        with Wire(self.origin, address) as wire:
            for passage in self.passages[address]:
                answer = await self._submit(wire, passage, chance.randrange(100))
                self.statuses[answer.status] += 1
                await asyncio.sleep(pause_seconds)

    async def _submit(self, wire: Wire, passage: Passage, effort: int) -> Answer:
        path, fields = f"{passage.path}/submit", {"visit": passage.visit, **passage.person}
        answer = await wire.post(path, fields)
        if answer.status != 428:
            return answer
        if effort < WORKING:
            return await wire.post(
                path, {**fields, "proof": await asyncio.to_thread(_worked, answer)}
            )
        return await wire.post(path, fields, "text/html") if effort < PAGES else answer


def _passages(
    installation: Installation, address: str, number: int, people: int
) -> Iterator[Passage]:
    chance = random.Random(address)
    for turn in range(number):
        id, partner = f"junk-{address}-{turn}", chance.choice(installation.partners)
        person = chance.choice((None, id, f"honest-{chance.randrange(people)}"))
        yield Passage.of(installation, id, partner, person)


def _worked(answer: Answer) -> str:
    challenge = Challenge.from_dict(json.loads(answer.body)["challenge"])
    solution = solve_challenge(challenge)
    assert solution
    return Payload(challenge, solution).to_base64()
