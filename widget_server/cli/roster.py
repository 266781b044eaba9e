"""``threesteps roster``: the packaged facts, built from upstream files and judged."""

from collections.abc import Callable
from pathlib import Path

import click
from rich.console import Console
from rich.progress import Progress, TaskID
from rich.table import Table

from ..errors import RosterError
from ..find.build.gather import SOURCES, gather
from ..find.build.places import assigned_zips
from ..find.plausible import SEATS, faults
from ..find.tables import PACKAGED, Tables, read_tables, write_tables


@click.group()
def roster() -> None:
    """The facts: who holds which seat, and which ZIP lies where."""


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
    """Rebuild the tables from upstream files. Implausible ones change nothing."""
    console = Console(stderr=True)
    with Progress(console=console, transient=True) as progress:
        task = progress.add_task("ZIPs of the Postal Service", total=len(SOURCES))
        tables = gather(source, assigned_zips(), _advance(progress, task))
    if implausible := faults(tables):
        raise RosterError("The tables are not plausible:\n" + "\n".join(implausible))
    write_tables(tables, into or PACKAGED)
    click.echo(f"Wrote {len(tables.seats)} seats and {len(tables.zips):,} ZIPs.")


@roster.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Say what the tables hold, and what of it cannot be true."""
    tables = read_tables()
    console = Console()
    console.print(f"The facts are as of {tables.as_of}.")
    console.print(_seat_table(tables), _zip_table(tables))
    implausible = faults(tables)
    for sentence in implausible or ["Everything is plausible."]:
        click.echo(sentence)
    context.exit(1 if implausible else 0)


def _advance(progress: Progress, task: TaskID) -> Callable[[str], None]:
    def show(file: str) -> None:
        progress.update(task, description=file, advance=1)

    return show


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
