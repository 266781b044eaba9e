"""Measure everything in one run and print it as one table; exit with 1 over a bound."""

import sys

from rich.console import Console
from rich.table import Table

from . import lookup, slow_phone, start
from .measure import Measure


def main() -> int:
    """Run every benchmark."""
    measures = [*lookup.measure(), *start.measure(), *slow_phone.measure()]
    Console().print(_table(measures))
    return int(any(measure.ratio > 1 for measure in measures))


def _table(measures: list[Measure]) -> Table:
    table = Table("What", "Measured", "Bound", "Measured : bound", "Peers")
    for column in table.columns[1:4]:
        column.justify = "right"
    for each in measures:
        show = SHOWN_AS[each.unit]
        amounts = show(each.amount), show(each.bound)
        table.add_row(each.name, *amounts, f"{each.ratio:.2f}", each.peers)
    return table


def _time(seconds: float) -> str:
    return f"{seconds * 1e6:,.2f} µs" if 0 < seconds < 1e-3 else f"{seconds * 1e3:,.0f} ms"


def _size(count: float) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count:,.0f} B"


SHOWN_AS = {"seconds": _time, "bytes": _size, "things": "{:.0f}".format}


if __name__ == "__main__":
    sys.exit(main())
