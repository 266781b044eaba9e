"""Databases as they are after many submissions: a number in; a home folder with so many out.

The schema is what the store itself makes. The rows are bulk SQL with its rules: a visit's key
of 24 characters, a blind index of 16 bytes, an envelope of the size that ``seal`` makes. Of
every 100 people, 60 agree to be kept, 5 are anonymous, and 5 come again through another partner.
"""

import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from shutil import disk_usage, rmtree

from rich.console import Console
from rich.progress import track
from sqlalchemy import Connection

from widget_server.keys import Keyring, add_public_key
from widget_server.seal import generate_key_pair
from widget_server.settings import Settings
from widget_server.store import partners
from widget_server.store.store import FILE_NAME, Store

from .kept import KEPT

CAMPAIGN = "hketo"
PARTNERS = 50
DAYS = 90
LAST_DAY = "2026-11-21"
ENVELOPE_BYTES = 12 + 1024 + 16
CHUNK = 100_000
#: Bytes that a submission takes, generously: what must be free before a store is built.
ROOM = 1_500

#: Nothing is lost when this is interrupted: a store has its name only once it is whole.
FAST = (
    "PRAGMA journal_mode = OFF",
    "PRAGMA synchronous = OFF",
    "PRAGMA locking_mode = EXCLUSIVE",
    "PRAGMA cache_size = -2000000",
)

NEW = f"""
    WITH RECURSIVE series(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM series WHERE n < :last)
    INSERT INTO submissions (campaign, visit, reference, partner, supporter, first, overlap,
                             language, day, consent, envelope)
    SELECT '{CAMPAIGN}', lower(hex(randomblob(12))),
           hex(randomblob(2)) || '-' || hex(randomblob(2)), 'partner-' || (n % {PARTNERS}),
           CASE WHEN n % 20 THEN randomblob(16) END, n % 20 > 0, 0,
           '', date('{LAST_DAY}', (-({DAYS} - 1) * (:size - n) / :size) || ' days'),
           CASE WHEN n % 5 IN (1, 2, 3) THEN '2026-11-22' END,
           CASE WHEN n % 5 IN (1, 2, 3) THEN :envelope END
    FROM series
"""

AGAIN = f"""
    INSERT INTO submissions (campaign, visit, reference, partner, supporter, first, overlap,
                             language, day)
    SELECT campaign, lower(hex(randomblob(12))), reference,
           'partner-' || ((rowid + 1) % {PARTNERS}), supporter, 0, 1, '', day
    FROM submissions WHERE rowid > :stored AND first LIMIT :again
"""

TALLIES = """
    WITH days AS (
        SELECT campaign, partner, day, count(*) AS n, sum(first) AS first, sum(overlap) AS overlap
        FROM submissions WHERE rowid > :stored GROUP BY campaign, partner, day
    ), counts(campaign, partner, day, kind, n) AS (
        SELECT campaign, partner, day, 'shown', 45 * n FROM days
        UNION ALL SELECT campaign, partner, day, 'found', 3 * n FROM days
        UNION ALL SELECT campaign, partner, day, 'submitted', n FROM days
        UNION ALL SELECT campaign, partner, day, 'supporters', first FROM days WHERE first
        UNION ALL SELECT campaign, partner, day, 'overlap', overlap FROM days WHERE overlap
    )
    INSERT INTO tallies (campaign, partner, day, kind, shard, n)
    SELECT campaign, partner, day, kind, 0, n FROM counts WHERE true
    ON CONFLICT DO UPDATE SET n = tallies.n + excluded.n
"""


def stored(size: int) -> Settings:
    """A home folder whose database holds so many submissions, and at most a tenth more.

    What an earlier run left is used again. Raises OSError when the disk has no room for it.
    """
    settings = _settings(KEPT / "stores" / str(size))
    if not settings.home.exists() or not size <= count(settings.home) <= 1.1 * size:
        rmtree(settings.home, ignore_errors=True)
        _build(settings.home, size)
    return settings


def parts_of(home: Path) -> dict[str, int]:
    """The bytes of each table and index, by name; empty where this SQLite cannot tell."""
    with _open(home) as database:
        try:
            return dict(database.execute("SELECT name, pgsize FROM dbstat WHERE aggregate = TRUE"))
        except sqlite3.OperationalError:
            return {}


def count(home: Path) -> int:
    """How many submissions are stored."""
    with _open(home) as database:
        return int(database.execute("SELECT count(*) FROM submissions").fetchone()[0])


def _build(home: Path, size: int) -> None:
    _check_room(home, size)
    building = home.with_name(f"{home.name}.building")
    rmtree(building, ignore_errors=True)
    settings = _settings(building)
    Keyring.open(settings.keys)
    add_public_key(settings.keys, CAMPAIGN, generate_key_pair().public)
    with Store.open(settings, serving=False) as store:
        store.write(_add_partners).result()
    with _open(building) as database:
        _fill(database, size)
    building.rename(home)


def _add_partners(connection: Connection) -> None:
    for number in range(PARTNERS):
        site = f"https://partner-{number}.example.org"
        partners.add(connection, f"Partner {number}", [site], datetime.now(UTC))


def _check_room(home: Path, size: int) -> None:
    home.parent.mkdir(parents=True, exist_ok=True)
    free, needed = disk_usage(home.parent).free, size * ROOM
    if free < needed:
        raise OSError(f"{size:,} submissions need {needed:,} bytes of disk; {free:,} are free.")


def _fill(database: sqlite3.Connection, size: int) -> None:
    for pragma in FAST:
        database.execute(pragma).close()
    starts = range(0, size, CHUNK)
    console = Console(stderr=True)
    for start in track(starts, f"Building a store of {size:,} submissions", console=console):
        _add(database, start, min(CHUNK, size - start), size)
    database.execute("PRAGMA journal_mode = WAL").close()


def _add(database: sqlite3.Connection, start: int, number: int, size: int) -> None:
    """So many rows more, a twentieth of them by people of this chunk, and their tallies."""
    again = number // 20
    numbers = {"first": start, "last": start + number - again - 1, "size": size}
    envelope = {"envelope": os.urandom(ENVELOPE_BYTES)}
    kept = {"stored": start, "again": again}
    with database:
        database.execute(NEW, {**numbers, **envelope})
        database.execute(AGAIN, kept)
        database.execute(TALLIES, kept)


def _open(home: Path) -> closing[sqlite3.Connection]:
    return closing(sqlite3.connect(home / FILE_NAME))


def _settings(home: Path) -> Settings:
    return Settings(home=home, keys=home / "keys")
