"""What ``threesteps doctor`` finds in the database and in the folder it lies in."""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path

from ...errors import SetupError
from ...settings import Settings
from ...store import Store, closures, migrations, partners, submissions
from ...store.backup import damage
from ...store.recount import differences
from ...store.safety import (
    MOUNTS,
    is_sound_sqlite,
    lacking_bytes,
    network_file_system,
)
from ...store.store import FILE_NAME
from ..busy import busy
from ..installation import Installation
from .chores import chore_findings, clock_findings, proxy_findings
from .finding import Finding
from .keys import copy_of_keys
from .partners import partner_findings, waiting_findings

_MEGABYTE = 1024**2


def database_findings(installation: Installation) -> Iterator[Finding]:
    """Everything there is to say; what is damaged is not looked at any further."""
    try:
        with installation.store() as store:
            damaged = list(_damage(store, installation.settings))
            yield from damaged or _contents(installation, store)
    except SetupError as error:
        yield Finding(
            "no-database",
            "unsafe",
            error.sentence,
            "mend that setting, or give it a folder to write to.",
        )


def _damage(store: Store, settings: Settings) -> Iterator[Finding]:
    """SQLite's own examination; PostgreSQL has checksums and tools of its own."""
    if settings.database_url:
        return
    path = settings.home / FILE_NAME
    with busy("Checking the database"), store.read() as connection:
        found = damage(connection, path.stat().st_size)
    if found:
        yield Finding(
            "damaged-database",
            "unsafe",
            f"The database {path} is damaged: {found}.",
            "stop the service, and run `threesteps restore` with your last backup.",
        )


def _contents(installation: Installation, store: Store) -> Iterator[Finding]:
    yield from durability(store.write(lambda rows: [*store.database.weaknesses(rows)]).result())
    yield from _revision(store)
    yield from _index_keys(installation, store)
    yield from _drift(store)
    yield from copy_of_keys(installation, store)
    yield from _rows(installation.settings, store)


def _rows(settings: Settings, store: Store) -> Iterator[Finding]:
    """What somebody has to do, in the service's own notes."""
    with store.read() as connection:
        found = partners.list_all(connection)
        begun = found[0].created_at if found else None
        yield from partner_findings(found)
        yield from waiting_findings(connection, settings.clock())
        yield from chore_findings(connection, settings, begun)
        yield from proxy_findings(connection, settings)
        if settings.now is None:
            yield from clock_findings(connection, settings.clock())


def durability(weaknesses: Iterable[str]) -> Iterator[Finding]:
    """Each way in which a commit is not on the disk."""
    for sentence in weaknesses:
        yield Finding(
            "commits-not-durable",
            "unsafe",
            f"{sentence} What was acknowledged can be lost with the power.",
            "set that in the database's own configuration, or keep the data on a local disk.",
        )


def _revision(store: Store) -> Iterator[Finding]:
    with store.read() as connection:
        found, newest = migrations.revision(connection), migrations.newest()
    if found != newest:
        yield Finding(
            "other-tables",
            "missing",
            f"The tables are of another version: their step is {found}, ours is {newest}.",
            "install the newest version on every machine.",
        )


def _index_keys(installation: Installation, store: Store) -> Iterator[Finding]:
    with store.read() as connection:
        indexed = submissions.indexed_campaigns(connection)
        closed = closures.closed(connection)
    for slug in indexed:
        if slug not in closed and not installation.keyring.has_index_key(slug):
            yield Finding(
                "lost-index-key",
                "unsafe",
                f"The key of {slug!r}'s blind index is gone; with a new one people count twice.",
                f"restore index-{slug}.keys to {installation.settings.keys} from your backup.",
            )


def _drift(store: Store) -> Iterator[Finding]:
    with busy("Recounting"), store.read() as connection:
        found = len(differences(connection))
    if found:
        yield Finding(
            "numbers-differ",
            "unsafe",
            f"Numbers that differ from a recount of their rows: {found:,}.",
            "threesteps recount",
        )


def place(home: Path, mounts: Path = MOUNTS, free_bytes: int | None = None) -> Iterator[Finding]:
    """The folder of an SQLite database: whether its disk is near enough, and large enough.

    ``mounts`` lists the file systems as Linux does; ``free_bytes`` is asked of the disk if None.
    """
    if kind := network_file_system(home, mounts):
        yield Finding(
            "network-file-system",
            "unsafe",
            f"{home} is on a network file system ({kind}), where SQLite loses data.",
            "move THREESTEPS_HOME to a local disk, or keep the data in PostgreSQL.",
        )
    database = home / FILE_NAME
    size = database.stat().st_size if database.exists() else 0
    if lacking := lacking_bytes(home, size, free_bytes):
        yield Finding(
            "disk-nearly-full",
            "unsafe",
            f"The disk of {home} is nearly full: soon nobody can be counted.",
            f"make room for another {lacking / _MEGABYTE:,.0f} MB, or move it to a larger disk.",
        )


def sqlite_version(version: tuple[int, ...] = sqlite3.sqlite_version_info) -> Iterator[Finding]:
    """Whether SQLite needs locks of ours."""
    if not is_sound_sqlite(version):
        yield Finding(
            "old-sqlite",
            "note",
            f"SQLite {'.'.join(map(str, version))} could damage its log when two processes write; "
            "locks of ours keep it from that. Let nothing but `threesteps` write to the database.",
            "a Python whose SQLite is 3.51.3 or later.",
        )
