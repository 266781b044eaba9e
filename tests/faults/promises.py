"""What visitors were told: answers in; a verdict on the tables out."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from tests.faults.installation import CAMPAIGN, Installation
from tests.faults.wire import Answer
from tests.store.rows import recounted, tallied
from widget_server.store.schema import submissions
from widget_server.store.visits import visit_key


@dataclass
class Promises:
    """``tries`` counts each visit's attempts, ``references`` are of those that were thanked.

    ``faults`` are answers that nobody may get, whatever has failed. ``longest_gap_seconds`` is
    the longest time in which nobody was thanked.
    """

    tries: Counter[str] = field(default_factory=Counter)
    references: dict[str, str] = field(default_factory=dict)
    statuses: Counter[int] = field(default_factory=Counter)
    unanswered: int = 0
    faults: list[str] = field(default_factory=list)
    slowest_seconds: float = 0.0
    longest_gap_seconds: float = 0.0
    _latest: float = field(default_factory=time.monotonic)

    def hear(self, visit: str, answer: Answer) -> bool:
        """Note the answer to an attempt; whether it was a promise."""
        self.statuses[answer.status] += 1
        if answer.status in {200, 201}:
            self._promise(visit, json.loads(answer.body)["reference"], answer.status == 201)
            return True
        if answer.status != 503 or "retry-after" not in answer.headers:
            self.faults.append(f"{answer.status} {answer.body[:200]!r}")
        return False

    def wait_for(self, status: int, more: int = 1, *, seconds: float) -> float:
        """Wait until so many more were answered so; how many seconds that took."""
        begun, before = time.monotonic(), self.statuses[status]
        while self.statuses[status] < before + more:
            assert time.monotonic() < begun + seconds, f"no {status} within {seconds} s"
            time.sleep(0.02)
        return time.monotonic() - begun

    def _promise(self, visit: str, reference: str, new: bool) -> None:
        now = time.monotonic()
        self.longest_gap_seconds = max(self.longest_gap_seconds, now - self._latest)
        self._latest = now
        if self.references.setdefault(visit, reference) != reference:
            self.faults.append(f"{visit} has two references")
        elif not new and self.tries[visit] == 1:
            self.faults.append(f"{visit} was known before it was sent")


@dataclass(frozen=True, slots=True)
class Verdict:
    """``lost`` were acknowledged and are not there; ``duplicated`` are rows too many.

    ``drift`` is by how much the tallies differ from a recount; ``twice`` are people who were
    counted as supporters more than once, or not at all.
    """

    acknowledged: int
    lost: int
    duplicated: int
    drift: int
    twice: int

    @property
    def good(self) -> bool:
        """Whether everything that was promised is true."""
        return not (self.lost or self.duplicated or self.drift or self.twice)


def judge(installation: Installation, *all_promises: Promises) -> Verdict:
    """Compare the tables with all that was promised. The service may run, but not be asked."""
    with installation.reading() as connection:
        rows = select(submissions.c.visit, submissions.c.reference)
        stored = [(visit, reference) for visit, reference in connection.execute(rows)]
        sent = {_row(visit) for promises in all_promises for visit in promises.tries}
        promised = {
            (_row(visit), reference)
            for promises in all_promises
            for visit, reference in promises.references.items()
        }
        return Verdict(
            acknowledged=len(promised),
            lost=len(promised - set(stored)),
            duplicated=len(stored) - len({visit for visit, _ in stored} & sent),
            drift=_drift(connection),
            twice=_miscounted(connection),
        )


def _row(visit: str) -> str:
    """The name that a visit has in the table."""
    return visit_key("submissions", CAMPAIGN, visit)


def _drift(connection: Connection) -> int:
    true = recounted(connection)
    said = tallied(connection, *{key.kind for key in true})
    return sum(abs(said[key] - true[key]) for key in said | true)


def _miscounted(connection: Connection) -> int:
    """The people who are not counted as supporters exactly once."""
    columns = submissions.c
    people = (
        select(columns.supporter)
        .where(columns.supporter.is_not(None))
        .group_by(columns.campaign, columns.supporter)
        .having(func.count().filter(columns.first) != 1)
    )
    return len(connection.execute(people).all())
