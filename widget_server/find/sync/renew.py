"""One sync of the roster: fetched, merged with what was known, judged, and swapped in at once.

Until the swap nothing that serves has changed; what is refused leaves no trace.
"""

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from ...errors import RosterError
from ..build.files import digest
from ..build.gather import SOURCES
from ..build.people import ACCOUNTS, LEGISLATORS, read_accounts, read_people
from ..build.places import assigned_zips
from ..build.relation import RELATION
from ..plausible import faults, losses
from ..seats import Seat, seat_order
from ..tables import Source, Tables, read_tables, write_tables
from ..versions import UPSTREAM, Versions
from .fetch import Progress, fetch
from .merge import merge
from .places import places
from .turnover import doubts, turnovers

_ORIGINS = {file: (origin, licence) for file, origin, licence in SOURCES} | {
    RELATION: ("https://www2.census.gov/geo/docs/maps-data/data/rel2020/cd-sld/", "public domain")
}


@dataclass(frozen=True, slots=True)
class Renewed:
    """The tables that are now in use, who came and went, and what else should be known."""

    tables: Tables
    notes: tuple[str, ...]


def renew(
    home: Path,
    now: datetime,
    origin: str | None = None,
    relation: Path | None = None,
    progress: Progress = lambda *_: None,
    *,
    force: bool = False,
) -> Renewed:
    """Make a new version of the roster of ``home`` from ``origin``, as ``fetch`` has it.

    ``relation`` is the Census file; later syncs use it too while its lines hold. ``force`` takes
    a list that many have left at once. Raises RosterError naming what is missing, misshapen or
    not plausible; then nothing has changed.
    """
    versions = Versions.of(home)
    with _written_in(versions.folder), versions.staging() as staged:
        newest = versions.newest()
        kept = versions.path(newest.version) / UPSTREAM if newest.version else None
        upstream = staged / UPSTREAM
        upstream.mkdir()
        published = fetch(origin, kept, upstream, progress)
        _keep_relation(relation, kept, upstream)
        renewed = _renewed(upstream, newest.tables, now, published)
        changes = turnovers(newest.tables.seats, renewed.tables.seats, now)
        _judge(newest.tables, renewed.tables, () if force else doubts(changes, now))
        write_tables(renewed.tables, staged)
        read_tables(staged)
        versions.publish(staged, now)
    return Renewed(renewed.tables, (*map(str, changes), *renewed.notes))


@contextmanager
def _written_in(folder: Path) -> Iterator[None]:
    """A disk that is full or closed is a fault with a name, as everything else."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RosterError(
            f"{error.filename or folder} cannot be written ({reason}); nothing was changed."
        ) from None


def _keep_relation(given: Path | None, kept: Path | None, upstream: Path) -> None:
    source = given or (kept / RELATION if kept else None)
    try:
        if source and (given or source.exists()):
            shutil.copyfile(source, upstream / RELATION)
    except OSError as error:
        raise RosterError(f"{source}: cannot be read ({error.strerror}).") from None


def _renewed(upstream: Path, known: Tables, now: datetime, published: date | None) -> Renewed:
    notes: list[str] = []
    people = read_people(upstream, read_accounts(upstream, notes.append))
    merged = merge(people, known, now, published)
    where = places(upstream, now)
    tables = Tables(
        as_of=_as_of(merged.seats, known, now, published),
        sources=tuple(_sources(upstream, where.file)),
        seats=tuple(sorted(merged.seats, key=seat_order)),
        lines=where.lines,
        zips={**assigned_zips(), **where.zips},
        left=merged.left,
        corrections=known.corrections,
        synced_at=now,
    )
    return Renewed(tables, (*(f"{note} It was left out." for note in notes), *where.notes))


def _as_of(seats: Iterable[Seat], known: Tables, now: datetime, published: date | None) -> date:
    """The day of the newest fact: never earlier than what was known, never in the future."""
    begun = (seat.start for seat in seats if seat.start and seat.start <= now.date())
    return max(known.as_of, min(published or known.as_of, now.date()), *begun)


def _sources(upstream: Path, table: str) -> Iterable[Source]:
    for file in (LEGISLATORS, ACCOUNTS, table):
        yield Source(file, *_ORIGINS[file], digest(upstream, file))


def _judge(before: Tables, after: Tables, doubtful: Iterable[str]) -> None:
    if implausible := [*faults(after), *losses(before, after), *doubtful]:
        raise RosterError(
            "The roster is not plausible, and was not taken:\n" + "\n".join(implausible)
        )
