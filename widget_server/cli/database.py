"""What ``threesteps doctor`` finds in the database and in the folder it lies in."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ..errors import SetupError
from ..settings import Settings
from ..store import Store, closures, migrations, retention, submissions, tasks
from ..store.backup import damage
from ..store.recount import differences
from ..store.safety import is_sound_sqlite, lacking_bytes, network_file_system, weaknesses
from ..store.store import FILE_NAME
from .busy import busy
from .finding import Finding
from .installation import Installation

_MEGABYTE = 1024**2


def database_findings(installation: Installation) -> Iterator[Finding]:
    """Everything there is to say; what is damaged is not looked at any further."""
    try:
        with installation.store() as store:
            damaged = list(_damage(store, installation.settings))
            yield from damaged or _contents(installation, store)
    except SetupError as error:
        yield Finding(
            "unsafe", error.sentence, "mend that setting, or give it a folder to write to."
        )
    if installation.settings.database_url is None:
        yield from _place(installation.settings.home)
        yield from _version()


def _damage(store: Store, settings: Settings) -> Iterator[Finding]:
    """SQLite's own examination; PostgreSQL has checksums and tools of its own."""
    if settings.database_url:
        return
    path = settings.home / FILE_NAME
    with busy("Checking the database"), store.read() as connection:
        found = damage(connection, path.stat().st_size)
    if found:
        yield Finding(
            "unsafe",
            f"The database {path} is damaged: {found}.",
            "stop the service, and run `threesteps restore` with your last backup.",
        )


def _contents(installation: Installation, store: Store) -> Iterator[Finding]:
    yield from _durability(store)
    yield from _revision(store)
    yield from _index_keys(installation, store)
    yield from _drift(store)
    yield from _retention(installation, store)


def _durability(store: Store) -> Iterator[Finding]:
    for sentence in store.write(weaknesses).result():
        yield Finding(
            "unsafe",
            f"{sentence} What was acknowledged can be lost with the power.",
            "set that in the database's own configuration, or keep the data on a local disk.",
        )


def _revision(store: Store) -> Iterator[Finding]:
    with store.read() as connection:
        found, newest = migrations.revision(connection), migrations.newest()
    if found != newest:
        yield Finding(
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
                "unsafe",
                f"The key of {slug!r}'s blind index is gone; with a new one people count twice.",
                f"restore index-{slug}.keys to {installation.settings.keys} from your backup.",
            )


def _drift(store: Store) -> Iterator[Finding]:
    with busy("Recounting"), store.read() as connection:
        found = len(differences(connection))
    if found:
        yield Finding(
            "unsafe",
            f"Numbers that differ from a recount of their rows: {found:,}.",
            "threesteps recount",
        )


def _retention(installation: Installation, store: Store) -> Iterator[Finding]:
    now = installation.settings.clock()
    with store.read() as connection:
        overdue = retention.overdue(connection, now)
        last = tasks.last(connection, tasks.RETENTION)
    if overdue:
        yield Finding(
            "unsafe",
            f"Envelopes that should be deleted by now: {overdue:,}.",
            "let `threesteps serve` run: it deletes them within a day.",
        )
    if last:
        yield Finding(
            "note",
            f"What had its time was last deleted on {last.at:%Y-%m-%d}: {last.result}",
            "nothing; the service does that once a day.",
        )


def _place(home: Path) -> Iterator[Finding]:
    if kind := network_file_system(home):
        yield Finding(
            "unsafe",
            f"{home} is on a network file system ({kind}), where SQLite loses data.",
            "move THREESTEPS_HOME to a local disk, or keep the data in PostgreSQL.",
        )
    database = home / FILE_NAME
    size = database.stat().st_size if database.exists() else 0
    if lacking := lacking_bytes(home, size):
        yield Finding(
            "unsafe",
            f"The disk of {home} is nearly full: soon nobody can be counted.",
            f"make room for another {lacking / _MEGABYTE:,.0f} MB, or move it to a larger disk.",
        )


def _version() -> Iterator[Finding]:
    if not is_sound_sqlite():
        yield Finding(
            "note",
            f"SQLite {sqlite3.sqlite_version} could damage its log when two processes write; "
            "locks of ours keep it from that. Let nothing but `threesteps` write to the database.",
            "a Python whose SQLite is 3.51.3 or later.",
        )
