"""A process that is killed at a random moment: what it acknowledged is kept, once."""

import random
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import select

from tests.store.rows import recounted, tallied
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.schema import submissions

KILLS = 5

#: Writes submissions from four threads, and prints each visit once it is acknowledged.
WRITER = r"""
import os
import sys
from pathlib import Path
from threading import Thread
from tests.store.rows import DAY, submission
from widget_server.settings import Settings
from widget_server.store import Store, writer
from widget_server.submit import record

writer.FLUSH_SECONDS = 0.05
store = Store.open(Settings(home=Path(sys.argv[1])), serving=True)

def submit(thread):
    for number in range(10**9):
        visit = f"{sys.argv[2]}-{thread}-{number}"
        sent = submission(visit, f"person-{number % 50}")
        store.pending.act("hketo", "harbor", visit, "tweet", "P000197", DAY)
        store.write(lambda connection: record(connection, sent)).result()
        os.write(1, f"{visit}\n".encode())

for thread in range(4):
    Thread(target=submit, args=(thread,)).start()
"""


def acknowledged(settings: Settings, run: int, seconds: float) -> Iterator[str]:
    """The visits that a writer acknowledged before it was killed."""
    arguments = [sys.executable, "-c", WRITER, str(settings.home), str(run)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        yield writer.stdout.readline().strip()
        time.sleep(seconds)
        writer.kill()
        yield from (line.strip() for line in writer.stdout if line.endswith("\n"))


@pytest.mark.parametrize("seed", [2026])
def test_killed_at_random_moments_nothing_acknowledged_is_lost(
    settings: Settings, seed: int
) -> None:
    chance = random.Random(seed)
    promised: list[str] = []
    for run in range(KILLS):
        promised += acknowledged(settings, run, chance.uniform(0.05, 0.4))
    with Store.open(settings, serving=True) as store, store.read() as connection:
        kept = list(connection.execute(select(submissions.c.visit)).scalars())
        assert set(promised) <= set(kept)
        assert len(kept) == len(set(kept))
        assert tallied(connection) == recounted(connection)
    assert len(promised) > KILLS
