"""``threesteps counts``: the same numbers that partners see."""

import json
from collections.abc import Iterable

import click
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection

from ..errors import NotFoundError
from ..model import ASIDE_KINDS, COUNT_KINDS
from ..report import discretion
from ..report.counts import Counts, as_json, has_any, read_each
from ..store import partners
from .installation import Installation


@click.command()
@click.option("--partner", metavar="SLUG", help="Only this partner, day by day.")
@click.option("--campaign", metavar="SLUG", help="Only this campaign (default: all together).")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON for programs.")
def counts(partner: str | None, campaign: str | None, json_wanted: bool) -> None:
    """Print what was counted.

    With --partner they are what the partner sees, who may be shown less than there is.

    Without it the JSON is a list of all partners; an entry whose partner is null, and the
    line "(unattributed)", hold what no partner brought.
    """
    installation = Installation.from_environment()
    with installation.store() as store, store.read() as connection:
        _refuse_unknown(installation, connection, campaign)
        if partner is None:
            each = read_each(connection, campaign=campaign)
        else:
            partners.get(connection, partner)
            now = installation.settings.clock()
            seen = discretion.read(connection, partner, installation.campaigns, now)
            each = (seen.counts(campaign),)
    if json_wanted:
        found = [as_json(entry) for entry in each]
        print(json.dumps(found if partner is None else found[0], ensure_ascii=False))
    else:
        _print(_overview(each) if partner is None else _diary(each[0]))
        _tell_aside(each)


def _refuse_unknown(
    installation: Installation, connection: Connection, campaign: str | None
) -> None:
    """A campaign may be gone from the disk and still have numbers."""
    if campaign and not (installation.campaigns.get(campaign) or has_any(connection, campaign)):
        raise NotFoundError(
            f"There is no campaign {campaign!r}, and nothing of it is counted. "
            "`threesteps campaign list` names them.",
            field="campaign",
        )


def _overview(each: tuple[Counts, ...]) -> Table:
    """A line a partner."""
    table = _table("Partner")
    for entry in each:
        _add_row(table, entry.partner or "(unattributed)", entry.totals.values())
    return table


def _diary(entry: Counts) -> Table:
    """A line a day, and the totals."""
    table = _table("Day")
    for day in entry.days:
        _add_row(table, day.day.isoformat(), day.counts.values())
    table.add_section()
    _add_row(table, "Total", entry.totals.values())
    return table


def _tell_aside(each: tuple[Counts, ...]) -> None:
    """What is held or invalidated, if anything is."""
    for kind in ASIDE_KINDS:
        if number := sum(entry.aside[kind] for entry in each):
            print(f"{number:,} {kind}.")


def _print(table: Table) -> None:
    """A narrow terminal breaks the lines: a number is never cut short."""
    console = Console()
    wide = console.options.update(max_width=1000)
    console.width = max(console.width, Measurement.get(console, wide, table).maximum)
    console.print(table)


def _table(first: str) -> Table:
    table = Table(first, box=None, pad_edge=False, padding=(0, 1, 0, 0))
    for kind in COUNT_KINDS:
        table.add_column(kind, justify="right")
    return table


def _add_row(table: Table, name: str, numbers: Iterable[int]) -> None:
    table.add_row(Text(name), *(f"{number:,}" for number in numbers))
