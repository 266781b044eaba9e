"""``threesteps roster``: the facts, fetched from their publishers, judged, and packaged."""

import os
from pathlib import Path

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    TaskID,
    TextColumn,
)
from rich.table import Table

from ..errors import RosterError
from ..find.build.gather import SOURCES, gather
from ..find.build.places import assigned_zips
from ..find.contacts import LOOKED_UP, Contact, keep_looked_up, read_contacts, to_look_up
from ..find.freshness import warnings
from ..find.installed import Installed
from ..find.plausible import SEATS, faults
from ..find.roster import Roster
from ..find.sync.fetch import Progress as Show
from ..find.sync.look import Looker, new_client
from ..find.sync.renew import renew
from ..find.tables import PACKAGED, Tables, write_tables
from ..private import make_folder
from ..settings import Settings


@click.group()
def roster() -> None:
    """The facts: who holds which seat, and which ZIP lies where."""


@roster.command()
@click.option("--from", "origin", help="A folder with the upstream files, or a mirror's address.")
@click.option(
    "--relation",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The Census file of ZIPs and districts, more exact than upstream's table.",
)
@click.option("--contacts", is_flag=True, help="Look for contact pages on the members' own sites.")
@click.option("--force", is_flag=True, help="Take a list that many have left at once.")
def sync(origin: str | None, relation: Path | None, contacts: bool, force: bool) -> None:
    """Fetch the facts from their publishers. A running service takes them over within a minute.

    What is missing, cut short or not plausible is refused by name, and changes nothing. With
    --contacts the members' sites are asked instead, which takes about half an hour.
    """
    settings = Settings.from_env(os.environ)
    if contacts:
        _sync_contacts(settings)
        return
    now = settings.clock()
    with _progress(TextColumn("{task.description}"), BarColumn(), DownloadColumn()) as progress:
        source = origin or settings.roster_from
        renewed = renew(settings.home, now, source, relation, _bytes(progress), force=force)
    tables = renewed.tables
    for sentence in (*renewed.notes, *warnings(tables, now)):
        click.echo(sentence, err=True)
    click.echo(
        f"Synced: {len(tables.seats)} seats and {len(tables.zips):,} ZIPs, as of {tables.as_of}."
    )


@roster.command()
@click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="The folder with the upstream files.",
)
@click.option(
    "--into",
    type=click.Path(file_okay=False, path_type=Path),
    help="Where to write the tables, if not into the package.",
)
def build(source: Path, into: Path | None) -> None:
    """Rebuild the package's own tables from upstream files. Implausible ones change nothing."""
    with _progress() as progress:
        task = progress.add_task("ZIPs of the Postal Service", total=len(SOURCES))

        def show(file: str) -> None:
            progress.update(task, description=file, advance=1)

        tables = gather(source, assigned_zips(), show)
    if implausible := faults(tables):
        raise RosterError("The tables are not plausible:\n" + "\n".join(implausible))
    write_tables(tables, into or PACKAGED)
    click.echo(f"Wrote {len(tables.seats)} seats and {len(tables.zips):,} ZIPs.")


@roster.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Say what the facts in use are, how long they hold, and what of them cannot be true."""
    settings = Settings.from_env(os.environ)
    installed = Installed.read(settings.home)
    tables = installed.tables
    console = Console()
    console.print(f"The facts are as of {tables.as_of}, {_origin(tables)}.", highlight=False)
    console.print(_seat_table(tables), _zip_table(tables))
    for sentence in (*installed.faults, *warnings(tables, settings.clock())):
        click.echo(sentence)
    implausible = faults(tables)
    for sentence in implausible or ["Everything is plausible."]:
        click.echo(sentence)
    context.exit(1 if implausible else 0)


def _sync_contacts(settings: Settings) -> None:
    """Look for what is not known, and keep what answered as soon as it has."""
    _make_home(settings.home)
    today = settings.clock().date()
    serving = Roster.newest(settings.home).people(settings.clock())
    people = to_look_up(serving, read_contacts(settings.home), today)
    found = 0
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with _progress(*columns) as progress, new_client() as client:
        looker = Looker(client)
        for person in progress.track(people, description="Contact pages"):
            if page := looker.contact_page(person):
                found += 1
                keep_looked_up(settings.home, Contact(person.id, page, today, LOOKED_UP))
    click.echo(f"Found {found} of {len(people)} contact pages that were not known, or are old.")


def _make_home(home: Path) -> None:
    try:
        make_folder(home)
    except OSError as error:
        raise RosterError(f"{home} cannot be used ({error.strerror}).") from None


def _progress(*columns: ProgressColumn) -> Progress:
    """A bar that is gone when it is done, and not there at all where nobody looks."""
    console = Console(stderr=True)
    return Progress(*columns, console=console, transient=True, disable=not console.is_terminal)


def _bytes(progress: Progress) -> Show:
    tasks: dict[str, TaskID] = {}

    def show(file: str, so_far: int, whole: int | None) -> None:
        if file not in tasks:
            tasks[file] = progress.add_task(file)
        progress.update(tasks[file], completed=so_far, total=whole)

    return show


def _origin(tables: Tables) -> str:
    if tables.synced_at is None:
        return "as they came with the package"
    return f"synced on {tables.synced_at:%Y-%m-%d %H:%M} UTC"


def _seat_table(tables: Tables) -> Table:
    table = Table("seats", "filled", "vacant", "total")
    for role in SEATS:
        seats = [seat for seat in tables.seats if seat.role == role]
        vacant = [seat.code for seat in seats if seat.holder is None]
        named = f"{len(vacant)} ({', '.join(vacant)})" if vacant else "0"
        table.add_row(role, str(len(seats) - len(vacant)), named, str(len(seats)))
    return table


def _zip_table(tables: Tables) -> Table:
    places = list(tables.zips.values())
    split = [each for each in places if " " in each]
    table = Table("ZIPs", "number")
    for name, number in {
        "one district": sum("-" in each for each in places) - len(split),
        "several districts": len(split),
        "several states": sum(len({place[:2] for place in each.split()}) > 1 for each in split),
        "a state only, or no seat": sum("-" not in each for each in places),
        "all": len(places),
    }.items():
        table.add_row(name, f"{number:,}")
    return table
