"""How the service is: each of its parts, and what the organiser must know of it."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool

from ..health import faults, last_runs, warnings
from ..service import Service


@dataclass(frozen=True, slots=True)
class Part:
    """A part by its key, a sentence for each thing that is wrong with it, and its last run."""

    key: str
    sentences: tuple[str, ...]
    last_run: str = ""


async def examine(service: Service) -> tuple[Part, ...]:
    """Every part, those that are out of order first."""
    broken = await run_in_threadpool(faults, service)
    runs = last_runs(service)
    parts = (
        Part(key, (*broken.get(key, ()), *sentences), runs.get(key, ""))
        for key, sentences in warnings(service).items()
    )
    return tuple(sorted(parts, key=lambda part: not part.sentences))
