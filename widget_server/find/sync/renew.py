"""One sync of the roster: fetched, merged with what was known, judged, and swapped in at once.

Until the swap nothing that serves has changed; what is refused leaves no trace.
"""

import shutil
from collections.abc import Iterable
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
from ..seats import Seat, departed, seat_order
from ..tables import Source, Tables, read_tables, write_tables
from ..versions import UPSTREAM, Versions
from .fetch import Progress, fetch
from .merge import merge
from .places import places

_ORIGINS = {file: (origin, licence) for file, origin, licence in SOURCES} | {
    RELATION: ("https://www2.census.gov/geo/docs/maps-data/data/rel2020/cd-sld/", "public domain")
}


@dataclass(frozen=True, slots=True)
class Renewed:
    """The tables that are now in use, and what the organiser should know about them."""

    tables: Tables
    notes: tuple[str, ...]


def renew(
    home: Path,
    now: datetime,
    origin: str | None = None,
    relation: Path | None = None,
    progress: Progress = lambda *_: None,
) -> Renewed:
    """Make a new version of the roster of ``home`` from ``origin``, as ``fetch`` has it.

    ``relation`` is the Census file; later syncs use it too while its lines hold. Raises
    RosterError naming what is missing, misshapen or not plausible; then nothing has changed.
    """
    versions = Versions.of(home)
    with versions.staging() as staged:
        newest = versions.newest()
        kept = versions.path(newest.version) / UPSTREAM if newest.version else None
        upstream = staged / UPSTREAM
        upstream.mkdir()
        published = fetch(origin, kept, upstream, progress)
        _keep_relation(relation, kept, upstream)
        renewed = _renewed(upstream, newest.tables, now, published)
        _judge(newest.tables, renewed.tables)
        write_tables(renewed.tables, staged)
        read_tables(staged)
        versions.publish(staged, now)
    return renewed


def _keep_relation(given: Path | None, kept: Path | None, upstream: Path) -> None:
    source = given or (kept / RELATION if kept else None)
    try:
        if source and (given or source.exists()):
            shutil.copyfile(source, upstream / RELATION)
    except OSError as error:
        raise RosterError(f"{source}: cannot be read ({error.strerror}).") from None


def _renewed(upstream: Path, known: Tables, now: datetime, published: date | None) -> Renewed:
    people = read_people(upstream, read_accounts(upstream))
    seats = merge(people, known, now, published)
    where = places(upstream, now)
    serving = [seat for seat in known.seats if seat.holds_at(now)]
    tables = Tables(
        as_of=_as_of(seats, known, now, published),
        sources=tuple(_sources(upstream, where.file)),
        seats=tuple(sorted(seats, key=seat_order)),
        lines=where.lines,
        zips={**assigned_zips(), **where.zips},
        left=tuple(sorted({*known.left, *departed(serving, seats)})),
        corrections=known.corrections,
        synced_at=now,
    )
    return Renewed(tables, where.notes)


def _as_of(seats: Iterable[Seat], known: Tables, now: datetime, published: date | None) -> date:
    """The day of the newest fact: never earlier than what was known, never in the future."""
    begun = (seat.start for seat in seats if seat.start and seat.start <= now.date())
    return max(known.as_of, min(published or known.as_of, now.date()), *begun)


def _sources(upstream: Path, table: str) -> Iterable[Source]:
    for file in (LEGISLATORS, ACCOUNTS, table):
        yield Source(file, *_ORIGINS[file], digest(upstream, file))


def _judge(before: Tables, after: Tables) -> None:
    if implausible := [*faults(after), *losses(before, after)]:
        raise RosterError(
            "The roster is not plausible, and was not taken:\n" + "\n".join(implausible)
        )
