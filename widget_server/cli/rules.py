"""A rule typed as options -> a ``Rule``; what it finds, shown, and done batch by batch."""

import time
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text
from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from ..store import Store
from ..store.rules import Matched, Rule
from .busy import busy

#: One batch from after a visit; the last visit of it, "" at the end, and how many.
Batch = Callable[[Connection, str], tuple[str, int]]
#: The service may store the same people at that moment.
_ATTEMPTS = 3

_DAY = click.DateTime(["%Y-%m-%d"])
_OPTIONS = (
    click.option("--partner", metavar="SLUG", help="Whom they came through; '' for nobody."),
    click.option("--source", metavar="LABEL", help="The label of the placement."),
    click.option("--since", metavar="DATE", type=_DAY, help="This day or later: 2026-11-22."),
    click.option("--until", metavar="DATE", type=_DAY, help="This day or earlier."),
    click.option("--signs", metavar="CODE", help="many, fast, trap, disposable or elsewhere."),
    click.option("--language", metavar="LANG", help="The language of the widget, if it is kept."),
)


def rule_options(command: Callable[..., None]) -> Callable[..., None]:
    """Give the command the options of a rule, and call it with the ``rule``."""

    @wraps(command)
    def with_rule(
        *,
        partner: str | None,
        source: str | None,
        since: datetime | None,
        until: datetime | None,
        signs: str | None,
        language: str | None,
        **others: Any,
    ) -> None:
        rule = Rule(partner, source, _day(since), _day(until), signs, language)
        command(rule=rule, **others)

    for option in reversed(_OPTIONS):
        with_rule = option(with_rule)
    return with_rule


def show(found: tuple[Matched, ...]) -> None:
    """Print a line for each partner and day, and the sum."""
    table = Table("Partner", "Day", box=None, pad_edge=False)
    table.add_column("submissions", justify="right")
    table.add_column("supporters", justify="right")
    for each in found:
        _add_row(table, each.partner or "(unattributed)", each.day.isoformat(), [each])
    table.add_section()
    _add_row(table, "Total", "", found)
    Console().print(table)


def do_all(store: Store, batch: Batch, what: str) -> int:
    """Do batch after batch until there is no more; how many submissions that were.

    After each it rests for as long as it worked, in which a service on the same file has its turn.
    """
    after, total = "", 0
    with busy(what):
        while True:
            begin = time.monotonic()
            after, number = _do(store, batch, after)
            total += number
            if not after:
                return total
            time.sleep(time.monotonic() - begin)


def _do(store: Store, batch: Batch, after: str) -> tuple[str, int]:
    for _ in range(_ATTEMPTS - 1):
        try:
            return store.write(lambda connection: batch(connection, after)).result()
        except IntegrityError:
            continue
    return store.write(lambda connection: batch(connection, after)).result()


def _day(moment: datetime | None) -> date | None:
    return moment.date() if moment else None


def _add_row(table: Table, partner: str, day: str, found: Any) -> None:
    submitted = sum(each.submitted for each in found)
    supporters = sum(each.supporters for each in found)
    table.add_row(Text(partner), day, f"{submitted:,}", f"{supporters:,}")
