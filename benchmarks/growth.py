"""The same store with few submissions and with many: what grows beside the file."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shutil import copytree
from statistics import median
from tempfile import TemporaryDirectory

import httpx

from tests.serving import THREESTEPS, UNLIMITED, free_port, serving
from widget_server.keys import Keyring
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.store.store import FILE_NAME
from widget_server.tokens import Grant, Tokens
from widget_server.web.partner import AREA

from .arrivals import waits
from .kept import KEPT
from .measure import Measure
from .stores import count, parts_of, stored

SIZES = (10_000, 1_000_000, 10_000_000)
ROUNDS = 9
#: Six times the record for signatures, for so long in each round.
PER_SECOND = 200
SECONDS = 3
PAGES = 50
RATIO = 1.2
#: For the largest.
KEEPING_SECONDS = 300

#: What one figure was at each size.
Sizes = Mapping[int, float]


def measure(sizes: Sequence[int] = SIZES[:2]) -> list[Measure]:
    """Inserts, the partner's page, and the bytes; of the largest store, backup and restore."""
    print("Growth: about two minutes, and the time to build the stores ...", file=sys.stderr)
    homes = {size: stored(size) for size in sizes}
    return [
        *_compared("insert, 99 of 100 within", _inserts(homes)),
        *_compared("partner's page", _pages(homes)),
        *_bytes(sizes[-1], homes[sizes[-1]].home),
        *_keeping(sizes[-1], homes[sizes[-1]].home),
    ]


def _compared(name: str, rounds: list[Sizes]) -> list[Measure]:
    """The medians at each size, and their ratio to the smallest, taken round by round."""
    first, *others = rounds[0]
    told = [
        Measure(f"{name}, {size:,} stored", median(each[size] for each in rounds), None)
        for size in rounds[0]
    ]
    ratios = [
        Measure(
            f"{name}, {size:,} : {first:,}",
            median(each[size] / each[first] for each in rounds),
            RATIO,
            "ratio",
        )
        for size in others
    ]
    return told + ratios


def _inserts(homes: Mapping[int, Settings]) -> list[Sizes]:
    """How long 99 of 100 people wait for the disk, in the store's own writer."""
    with ExitStack() as stack:
        stores = {
            size: stack.enter_context(Store.open(settings, serving=True))
            for size, settings in homes.items()
        }
        return [
            {
                size: _p99(waits(store, PER_SECOND * SECONDS, PER_SECOND))
                for size, store in stores.items()
            }
            for _ in range(ROUNDS)
        ]


def _p99(ordered: Sequence[float]) -> float:
    return ordered[len(ordered) * 99 // 100]


def _pages(homes: Mapping[int, Settings]) -> list[Sizes]:
    """How long a partner who is signed in waits for the page."""
    with ExitStack() as stack:
        clients = {
            size: stack.enter_context(_signed_in(settings)) for size, settings in homes.items()
        }
        return [{size: _page(client) for size, client in clients.items()} for _ in range(ROUNDS)]


@contextmanager
def _signed_in(settings: Settings) -> Iterator[httpx.Client]:
    """A browser at a service on this store, with a partner's session."""
    tokens = Tokens(Keyring.open(settings.keys).signing, lambda: datetime.now(UTC))
    cookies = {AREA.cookie: tokens.session(Grant("partner-7", 1))}
    with (
        serving("serve", port=free_port(), home=settings.home, environment=UNLIMITED) as served,
        httpx.Client(base_url=served.origin, cookies=cookies, trust_env=False) as client,
    ):
        yield client


def _page(client: httpx.Client) -> float:
    seconds = []
    for _ in range(PAGES):
        begin = time.perf_counter()
        client.get(AREA.path).raise_for_status()
        seconds.append(time.perf_counter() - begin)
    return median(seconds)


def _bytes(size: int, home: Path) -> list[Measure]:
    """What a submission takes of the file: in all, and in each table and index."""
    number = count(home)
    whole = (home / FILE_NAME).stat().st_size / number
    parts = {name: taken / number for name, taken in parts_of(home).items()}
    named = sorted(parts.items(), key=lambda part: -part[1])
    return [
        Measure(f"a submission of {size:,}, in all", whole, None, "bytes"),
        *(Measure(f"of it {name}", taken, None, "bytes") for name, taken in named if taken >= 1),
    ]


def _keeping(size: int, home: Path) -> list[Measure]:
    """``threesteps backup`` beside a running service, and ``restore`` into an empty home."""
    bound = KEEPING_SECONDS * size / SIZES[-1]
    with TemporaryDirectory(dir=KEPT) as folder:
        file, empty = Path(folder) / "backup.db", Path(folder) / "empty"
        copytree(home / "keys", empty / "keys")
        with serving("serve", port=free_port(), home=home):
            backup = _seconds(home, "backup", file)
        restore = _seconds(empty, "restore", file)
        assert count(empty) == count(home)
    return [
        Measure(f"backup of {size:,} beside the service", backup, bound),
        Measure(f"restore of {size:,}", restore, bound),
    ]


def _seconds(home: Path, *command: str | Path) -> float:
    """How long a command takes that works on this home; it must succeed."""
    begin = time.perf_counter()
    environment = {**os.environ, "THREESTEPS_HOME": str(home)}
    subprocess.run([*THREESTEPS, *command], env=environment, check=True, capture_output=True)
    return time.perf_counter() - begin
