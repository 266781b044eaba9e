"""Scripts that inflate one partner and rob another: addresses in; junk, and what came of it, out.

Half of the junk is for either partner; a third
gives an address of its own, a third that of somebody who will come by themselves, a third none.
When work is asked for, few do it; most send the form as a page without scripts does, or give up.
"""

import asyncio
import json
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from altcha import Challenge, Payload, solve_challenge

from tests.faults.installation import Installation
from tests.faults.passages import Passage
from tests.faults.wire import Answer, Wire

#: How many in a hundred do the work.
WORKING = 2
PAGES = 50


@dataclass
class Junk:
    """``people`` are known to everybody. ``statuses`` are those of the last answer to each."""

    installation: Installation
    origin: str
    people: int
    statuses: Counter[int] = field(default_factory=Counter)

    def flood(self, addresses: Sequence[str], number: int, pause_seconds: float) -> Counter[int]:
        """So many submissions from each address, with a pause after each; their statuses."""

        async def all_at_once() -> None:
            async with asyncio.TaskGroup() as group:
                for address in addresses:
                    group.create_task(self._post(address, number, pause_seconds))

        asyncio.run(all_at_once())
        return self.statuses

    async def _post(self, address: str, number: int, pause_seconds: float) -> None:
        chance = random.Random(address)
        with Wire(self.origin, address) as wire:
            for turn in range(number):
                passage = self._passage(f"junk-{address}-{turn}", chance)
                answer = await self._submit(wire, passage, chance.randrange(100))
                self.statuses[answer.status] += 1
                await asyncio.sleep(pause_seconds)

    def _passage(self, id: str, chance: random.Random) -> Passage:
        partner = chance.choice(self.installation.partners)
        person = chance.choice((None, id, f"honest-{chance.randrange(self.people)}"))
        return Passage.of(self.installation, id, partner, person)

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


def _worked(answer: Answer) -> str:
    challenge = Challenge.from_dict(json.loads(answer.body)["challenge"])
    solution = solve_challenge(challenge)
    assert solution
    return Payload(challenge, solution).to_base64()
