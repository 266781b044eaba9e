"""What ``threesteps export`` takes: a number of people in; memory and people a second out.

Each person is sealed as the service does it, so the first run of a size takes its time: about
6,000 a second. What it made is kept for the next run.
"""

import os
import secrets
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory
from typing import Any

from rich.console import Console
from rich.progress import track
from sqlalchemy import Table, insert, select

from tests import postgres
from widget_server.keys import Keyring, add_public_key
from widget_server.seal import ContentKey, Context, generate_key_pair, new_content_key, seal
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.schema import content_keys, submissions
from widget_server.submit import reference

from .kept import KEPT
from .measure import Measure

CAMPAIGN = "hketo"
CONSENT = "2026-11-22"
DAY = date(2026, 11, 22)
KEY = "hketo.key"
AT_ONCE = 2_000
#: How much more memory many people may take than few.
BOUND_GROWTH = 1.1

#: Runs the command, and says at its end how much memory it had at most.
COMMAND = """
import sys
from widget_server.cli import main
try:
    main()
finally:
    print(open("/proc/self/status").read(), file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One export."""

    seconds: float
    peak_bytes: float


def measure() -> list[Measure]:
    """A hundred thousand people beside ten thousand, on SQLite."""
    return _compared("SQLite", 100_000, {})


def measure_long() -> list[Measure]:
    """A million beside ten thousand, on each engine."""
    few, many = 10_000, 1_000_000
    with _on_postgresql(few) as one, _on_postgresql(many) as other:
        return [
            *_compared("SQLite", many, {}),
            *_compared("PostgreSQL", many, {few: one, many: other}),
        ]


def _compared(engine: str, many: int, addresses: dict[int, str]) -> list[Measure]:
    """What many people take; ``addresses`` of databases by size, where they are no files."""
    few = 10_000
    small, large = (_run(size, addresses.get(size)) for size in (few, many))
    growth = large.peak_bytes / small.peak_bytes
    name = f"export of {many:,} from {engine}"
    return [
        Measure(f"{name}, people", many / large.seconds, None, "per second"),
        Measure(f"{name}, memory", large.peak_bytes, None, "bytes"),
        Measure(f"{name}, memory to that of {few:,}", growth, BOUND_GROWTH, "ratio"),
    ]


def _run(size: int, address: str | None) -> Run:
    home = _stored(size)
    with TemporaryDirectory() as folder:
        out = Path(folder, "people.csv")
        command = [sys.executable, "-c", COMMAND, "export", CAMPAIGN]
        options = ["--key", str(home / KEY), "--out", str(out)]
        environment = {**os.environ, "THREESTEPS_HOME": str(home)}
        if address:
            environment["THREESTEPS_DATABASE_URL"] = address
        begin = time.perf_counter()
        done = subprocess.run(
            [*command, *options], env=environment, capture_output=True, text=True, check=True
        )
        seconds = time.perf_counter() - begin
        with out.open() as lines:
            assert sum(1 for _ in lines) == size + 1
    return Run(seconds, _peak(done.stderr))


def _peak(status: str) -> float:
    (peak,) = (line for line in status.splitlines() if line.startswith("VmHWM"))
    return float(peak.split()[1]) * 1024


def _stored(size: int) -> Path:
    """A home folder with so many sealed submissions and the key to them."""
    home = KEPT / "sealed" / str(size)
    if not home.exists():
        building = home.with_name(f"{home.name}.building")
        rmtree(building, ignore_errors=True)
        _build(building, size)
        building.rename(home)
    return home


def _build(home: Path, size: int) -> None:
    settings = _settings(home)
    Keyring.open(settings.keys)
    pair = generate_key_pair()
    add_public_key(settings.keys, CAMPAIGN, pair.public)
    (home / KEY).write_bytes(pair.private)
    starts = range(0, size, AT_ONCE)
    console = Console(stderr=True)
    with Store.open(settings, serving=False) as store:
        for start in track(starts, f"Sealing {size:,} people", console=console):
            numbers = range(start, min(start + AT_ONCE, size))
            key = new_content_key(CAMPAIGN, [pair.public])
            _insert(store, content_keys, [_key_row(key)])
            _insert(store, submissions, [_row(number, key) for number in numbers])


def _key_row(key: ContentKey) -> dict[str, Any]:
    return {"campaign": CAMPAIGN, "id": key.id, "day": DAY, "wrapped": key.wrapped}


def _row(number: int, key: ContentKey) -> dict[str, Any]:
    visit = secrets.token_hex(12)
    context = Context(CAMPAIGN, visit, reference(CAMPAIGN, visit), CONSENT)
    fields = {
        "email": f"person-{number}@example.org",
        "name": f"Person {number}",
        "zip": "94110",
        "updates": "yes",
        "state": "CA",
        "district": "CA-11",
        "language": "en",
    }
    return {
        "campaign": CAMPAIGN,
        "visit": visit,
        "reference": context.reference,
        "partner": f"partner-{number % 50}",
        "first": False,
        "overlap": False,
        "language": "",
        "day": DAY,
        "consent": CONSENT,
        "envelope": seal(fields, key, context),
        "content_key": key.id,
    }


def _insert(store: Store, table: Table, rows: list[dict[str, Any]]) -> None:
    store.write(lambda connection: connection.execute(insert(table), rows)).result()


@contextmanager
def _on_postgresql(size: int) -> Iterator[str]:
    """The address of a database with the same rows, on a server of our own."""
    with (
        postgres.postgres(**postgres.FORGETFUL) as server,
        postgres.database(server.url) as address,
        Store.open(_settings(_stored(size)), serving=False) as source,
        Store.open(_settings(_stored(size), address), serving=False) as target,
        source.read() as connection,
    ):
        for table in (content_keys, submissions):
            rows = connection.execute(select(table).execution_options(yield_per=AT_ONCE))
            for some in rows.mappings().partitions():
                _insert(target, table, [dict(row) for row in some])
        yield address


def _settings(home: Path, address: str | None = None) -> Settings:
    return Settings(home=home, keys=home / "keys", database_url=address)
