"""Submissions at full speed, sealed and on the disk: how many a second, how soon, none missing.

A run means nothing unless every answer was 201. Afterwards the database must hold what was
acknowledged, row for row, and its tallies must equal a recount.
"""

import os
import secrets
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import httpx

from tests.serving import UNLIMITED, Served, free_port, serving
from widget_server.keys import add_recovery_key
from widget_server.seal import generate_key_pair

from .measure import Measure
from .stores import ENVELOPE_BYTES, count
from .widget import Widget
from .wrk import Outcome, run

SECONDS = 10
ROUNDS = 5
ROUND_SECONDS = 2
CONNECTIONS = 64
#: Who submits and who only looks, so that there are about 45 page views to a submission.
SUBMITTERS, VIEWERS = 2, 120
#: More than one process of ours takes in a second.
FASTEST = 4_000
#: More than can be on their way when a run ends: whoever waits for an answer, and the queue.
DOUBTFUL = 2_500
#: What the writer commits together under such a load.
BATCH = 64


@dataclass
class Crowd:
    """People who submit, each once; ``sent`` is everybody who may have arrived."""

    widget: Widget
    sent: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    acknowledged: int = 0
    runs: int = 0

    def submit(self, seconds: int, connections: int = CONNECTIONS) -> Outcome:
        """Submit at full speed. Raises BadRunError unless every answer was 201."""
        load = replace(self.widget.submit(seconds * FASTEST), connections=connections)
        outcome = run(load, seconds).only(201)
        sent = list(load.bodies[: outcome.sent])
        self.sent += sent
        # wrk asks its script for one request that it never sends, the first.
        self.doubtful += [*sent[:1], *sent[1:][-DOUBTFUL:]]
        self.acknowledged += outcome.statuses[201]
        self.runs += 1
        return outcome

    def insist(self) -> None:
        """Send again what may have been cut off at the end of a run, and wait for each answer."""
        load = self.widget.submit(0)
        with httpx.Client(headers=load.headers, trust_env=False) as client:
            for body in self.doubtful:
                client.post(load.url, content=body).raise_for_status()


def measure(seconds: int = SECONDS) -> list[Measure]:
    """The figures alone, beside page views, and beside a loop that only commits."""
    print(f"Submissions: about {2 * seconds + 60} s ...", file=sys.stderr)
    with TemporaryDirectory() as folder, _serving(Path(folder)) as served:
        crowd = Crowd(Widget.of(served))
        alone = crowd.submit(seconds)
        beside, views = _beside_views(crowd, seconds)
        share = median(_share_of_loop(crowd) for _ in range(ROUNDS))
        _check(served, crowd)
    return [*_alone(alone, share), *_beside(beside, views)]


@contextmanager
def _serving(home: Path) -> Iterator[Served]:
    """A service whose campaign seals to its organiser and to a recovery key."""
    add_recovery_key(home / "keys", "hketo", generate_key_pair().public)
    with serving("demo", "--empty", port=free_port(), home=home, environment=UNLIMITED) as served:
        yield served


def _alone(outcome: Outcome, share: float) -> list[Measure]:
    return [
        Measure("submissions, acknowledged", outcome.rate, 1_200, "per second", at_least=True),
        Measure("submissions, half within", outcome.p50, None),
        Measure("submissions, 99 of 100 within", outcome.p99, 0.1),
        Measure("submissions : a loop that commits the same bytes", share, None, "ratio"),
    ]


def _beside(outcome: Outcome, views: Outcome) -> list[Measure]:
    ratio = views.rate / outcome.rate
    return [
        Measure("beside page views: submissions", outcome.rate, None, "per second"),
        Measure("beside page views: 99 of 100 within", outcome.p99, 0.1),
        Measure("beside page views: views", views.rate, None, "per second"),
        Measure("beside page views: views to a submission", ratio, 45, "things", at_least=True),
    ]


def _beside_views(crowd: Crowd, seconds: int) -> tuple[Outcome, Outcome]:
    """Submissions, and the page views that went on at the same time."""
    document = replace(crowd.widget.document, connections=VIEWERS)
    with ThreadPoolExecutor(1) as beside:
        views = beside.submit(run, document, seconds)
        outcome = crowd.submit(seconds, SUBMITTERS)
        return outcome, views.result().only(200)


def _share_of_loop(crowd: Crowd) -> float:
    return crowd.submit(ROUND_SECONDS).rate / _loop(ROUND_SECONDS)


def _loop(seconds: int) -> float:
    """Rows a second that nothing but SQLite commits, as durably, in batches as large."""
    insert = "INSERT INTO rows VALUES (?, ?, ?)"
    with (
        TemporaryDirectory() as folder,
        closing(sqlite3.connect(Path(folder) / "loop.db", isolation_level=None)) as database,
    ):
        database.execute("PRAGMA journal_mode = WAL").close()
        database.execute("PRAGMA synchronous = FULL").close()
        database.execute("CREATE TABLE rows (visit TEXT PRIMARY KEY, who BLOB, envelope BLOB)")
        return BATCH * _rate(lambda: _commit(database, insert), seconds)


def _commit(database: sqlite3.Connection, insert: str) -> None:
    envelope = os.urandom(ENVELOPE_BYTES)
    rows = [(secrets.token_urlsafe(18), os.urandom(16), envelope) for _ in range(BATCH)]
    database.execute("BEGIN IMMEDIATE")
    database.executemany(insert, rows)
    database.execute("COMMIT")


def _rate(work: Callable[[], None], seconds: int) -> float:
    begin, times = time.perf_counter(), 0
    while time.perf_counter() < begin + seconds:
        work()
        times += 1
    return times / (time.perf_counter() - begin)


def _check(served: Served, crowd: Crowd) -> None:
    """Everybody who was sent is stored once, and the tallies say so too."""
    unanswered = len(crowd.sent) - crowd.acknowledged
    assert unanswered <= crowd.runs * (CONNECTIONS + 1), f"{unanswered} were never answered"
    crowd.insist()
    stored = count(served.home)
    assert stored == len(crowd.sent), f"{len(crowd.sent)} were sent, {stored} are stored"
    served.command("recount", "--check")
