"""Measure everything in one run and print it as one table; exit with 1 over a bound."""

import sys

from rich.console import Console
from rich.table import Table

from . import lookup, start
from .measure import Measure


def main() -> int:
    """Run every benchmark."""
    measures = [*lookup.measure(), *start.measure()]
    Console().print(_table(measures))
    return int(any(measure.ratio > 1 for measure in measures))


def _table(measures: list[Measure]) -> Table:
    table = Table("What", "Measured", "Bound", "Measured : bound")
    for column in table.columns[1:]:
        column.justify = "right"
    for each in measures:
        show = _time if each.unit == "seconds" else _size
        table.add_row(each.name, show(each.amount), show(each.bound), f"{each.ratio:.2f}")
    return table


def _time(seconds: float) -> str:
    return f"{seconds * 1e6:,.2f} µs" if seconds < 1e-3 else f"{seconds * 1e3:,.0f} ms"


def _size(count: float) -> str:
    return f"{count / 1e6:.1f} MB"


if __name__ == "__main__":
    sys.exit(main())
