"""Requests at full speed: what to ask in; how many were answered, how and how soon out.

``wrk`` sends them, Debian's or your own. Every answer is counted by its status, so that no figure
is made of errors: ``run(load, seconds).only(200)`` raises when anything else came.
"""

import json
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Self

from tools import debian

SCRIPT = Path(__file__).with_name("load.lua")
ADVICE = "The benchmarks need `wrk`: install the package of that name."


class BadRunError(Exception):
    """A run whose figures mean nothing: it was not answered as expected."""


@dataclass(frozen=True, slots=True)
class Load:
    """What to ask, over and over on each of ``connections``.

    ``bodies`` hold no line break; they are sent in turn, from the first again after the last.
    ``once`` says that none may be sent twice, so there must be enough of them.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    bodies: Sequence[str] = ()
    once: bool = False
    connections: int = 32
    threads: int = 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a run: ``statuses`` counts the answers, ``p50`` to ``worst`` are seconds.

    ``sent`` is the most requests that can have been sent, ``broken`` how often a connection
    failed, ``late`` how many answers took longer than the run waits for one.
    """

    seconds: float
    p50: float
    p99: float
    worst: float
    broken: int
    late: int
    sent: int
    statuses: Mapping[int, int]

    @property
    def rate(self) -> float:
        """Answers in a second, whatever they said."""
        return sum(self.statuses.values()) / self.seconds

    def only(self, *expected: int) -> Self:
        """This outcome, if every answer was one of these. Raises BadRunError."""
        if not self.statuses or self.broken or self.late or set(self.statuses) - {*expected}:
            raise BadRunError(f"expected only {expected}: {self}")
        return self


def run(load: Load, seconds: int, *, patience: int = 10) -> Outcome:
    """Ask at full speed for so long; an answer after ``patience`` seconds is late.

    Raises BadRunError when ``wrk`` fails, or when bodies meant to be sent once did not suffice.
    """
    with TemporaryDirectory() as folder:
        outcome = _outcome(_printed(load, seconds, patience, Path(folder)))
    if load.once and outcome.sent > len(load.bodies):
        raise BadRunError(f"{len(load.bodies)} bodies for {outcome.sent} requests")
    return outcome


@cache
def program() -> str:
    """Where ``wrk`` is, installed first where that is possible. Raises RuntimeError."""
    found = shutil.which("wrk")
    if not found and debian.install("wrk"):
        found = shutil.which("wrk")
    if not found:
        raise RuntimeError(ADVICE)
    return found


def _printed(load: Load, seconds: int, patience: int, folder: Path) -> str:
    headers, bodies = folder / "headers", folder / "bodies"
    headers.write_text("".join(f"{name}: {value}\n" for name, value in load.headers.items()))
    bodies.write_text("".join(f"{body}\n" for body in load.bodies))
    size = [f"-t{load.threads}", f"-c{load.connections}", f"-d{seconds}s"]
    how = [*size, f"--timeout={patience}s", "-s", str(SCRIPT)]
    given = [load.method, str(headers), str(bodies), str(load.threads)]
    command = [program(), *how, load.url, "--", *given]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise BadRunError(done.stdout + done.stderr)
    return done.stdout


def _outcome(printed: str) -> Outcome:
    """What the script wrote in the last line, with seconds for its microseconds."""
    said = json.loads(printed.splitlines()[-1])
    times = {name: said.pop(name) / 1e6 for name in ("p50", "p99", "worst")}
    statuses = {int(status): count for status, count in said.pop("statuses").items()}
    return Outcome(**said, **times, statuses=statuses)
