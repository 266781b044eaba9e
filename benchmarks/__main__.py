"""Measure in one run and print it as one table; exit with 1 over a bound."""

import sys
from collections.abc import Callable, Mapping
from functools import partial

import click
from rich.console import Console
from rich.table import Table

from . import (
    export,
    growth,
    kept,
    lookup,
    memory,
    peers,
    routes,
    slow_clients,
    slow_phone,
    start,
    submissions,
)
from .measure import Measure

Part = Callable[[], list[Measure]]

#: In the order of the table.
PARTS: Mapping[str, Part] = {
    "lookup": lookup.measure,
    "start": start.measure,
    "memory": memory.measure,
    "routes": routes.measure,
    "submissions": submissions.measure,
    "growth": growth.measure,
    "peers": peers.measure,
    "export": export.measure,
    "slow_clients": slow_clients.measure,
    "slow_phone": slow_phone.measure,
}
#: What the parts that have a long form do with ``--long``.
LONG: Mapping[str, Part] = {
    "submissions": partial(submissions.measure, seconds=60),
    "growth": partial(growth.measure, growth.SIZES),
    "export": export.measure_long,
}


@click.command()
@click.argument("parts", nargs=-1, metavar="[PART]...", type=click.Choice(list(PARTS)))
@click.option("--long", "at_length", is_flag=True, help="Take the long form of what has one.")
@click.option("--forget", is_flag=True, help="Delete what runs left for the next one, and end.")
def main(parts: tuple[str, ...], *, at_length: bool, forget: bool) -> None:
    """Run the benchmarks that are named, or every one, and print one table."""
    if forget:
        kept.forget()
        return
    known = {**PARTS, **LONG} if at_length else PARTS
    measures = [each for name in parts or known for each in known[name]()]
    Console().print(_table(measures))
    sys.exit(any(measure.ratio > 1 for measure in measures))


def _table(measures: list[Measure]) -> Table:
    table = Table("What", "Measured", "Bound", "Of the bound", "Peers")
    for column in table.columns[1:4]:
        column.justify = "right"
    for each in measures:
        table.add_row(each.name, *_figures(each), each.peers)
    return table


def _figures(measure: Measure) -> tuple[str, str, str]:
    """The amount, its bound, and the one in parts of the other."""
    show = SHOWN_AS[measure.unit]
    if measure.bound is None:
        return show(measure.amount), "", ""
    least = "≥ " if measure.at_least else ""
    return show(measure.amount), least + show(measure.bound), f"{measure.ratio:.2f}"


def _time(seconds: float) -> str:
    return f"{seconds * 1e6:,.2f} µs" if 0 < seconds < 1e-3 else f"{seconds * 1e3:,.0f} ms"


def _size(count: float) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count:,.0f} B"


SHOWN_AS: Mapping[str, Callable[[float], str]] = {
    "seconds": _time,
    "bytes": _size,
    "things": "{:,.0f}".format,
    "ratio": "{:.3f}".format,
    "per second": "{:,.0f}/s".format,
}


if __name__ == "__main__":
    main()
