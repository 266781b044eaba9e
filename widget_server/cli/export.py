"""``threesteps export``: open the sealed submissions, where the private key is."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol, TextIO, get_args

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn
from sqlalchemy import Connection

from ..errors import NotFoundError, SealError, SetupError
from ..model import SubmissionStatus
from ..private import flush
from ..report.export import Broken, Person, Wanted, is_known, people, sealed_count
from ..report.osdi import Signups
from ..report.spreadsheet import Spreadsheet
from ..store import partners
from ..store.backup import draft
from . import exported
from .installation import Installation
from .opening import Means


class Writer(Protocol):
    """What writes people into a file."""

    def write(self, person: Person) -> None:
        """Write one."""


_WRITERS: Mapping[str, Callable[[TextIO], Writer]] = {"csv": Spreadsheet, "jsonl": Signups}
#: An option for files that are there, as many as are needed.
_files = partial(
    click.option,
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    multiple=True,
)


@click.command()
@click.argument("campaign")
@_files(
    "--key", "files", help="The private key that `campaign keys` wrote; several after a rotation."
)
@click.option("--recovery", is_flag=True, help="Open with two shares, which are asked for.")
@_files("--share", "shares", help="A share in a file; two of them open.")
@click.option(
    "--format",
    "form",
    type=click.Choice(list(_WRITERS)),
    default="csv",
    show_default=True,
    help="For a spreadsheet, or as OSDI people for Action Network and the like.",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A new file that only you can read (default: the standard output).",
)
@click.option(
    "--since",
    metavar="DATE",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Only what came in on this day or later: 2026-11-22.",
)
@click.option("--partner", metavar="SLUG", help="Only whom this partner brought.")
@click.option(
    "--status",
    type=click.Choice(get_args(SubmissionStatus)),
    default="counted",
    show_default=True,
    help="Who is counted, or who was held or invalidated.",
)
@click.option(
    "--acknowledge",
    metavar="ID",
    help="Instead: the file of this export is safe, and what it holds may be deleted here.",
)
@click.option("--yes", is_flag=True, help="With --acknowledge: ask nothing.")
def export(
    campaign: str,
    files: tuple[Path, ...],
    recovery: bool,
    shares: tuple[Path, ...],
    form: str,
    out: Path | None,
    since: datetime | None,
    partner: str | None,
    status: SubmissionStatus,
    acknowledge: str | None,
    yes: bool,
) -> None:
    """Open the sealed submissions of CAMPAIGN.

    An envelope that does not open is named, the rest is exported, and the command ends with 1.
    """
    installation = Installation.from_environment()
    if acknowledge is not None:
        exported.acknowledge(installation, campaign, acknowledge, sure=yes)
        return
    begun = installation.settings.clock()
    privates = Means(files, shares, asks=recovery).private_keys()
    wanted = Wanted(campaign, since.date() if since else None, partner, status)
    with installation.store() as store:
        with store.read() as connection:
            _refuse_unknown(installation, connection, wanted)
            total = sealed_count(connection, wanted)
            with _opened(out) as file, _progress() as progress:
                found = progress.track(people(connection, wanted, privates), total=total)
                broken = _export(found, _WRITERS[form](file), progress.console)
                if broken and broken == total:
                    raise SealError("Nothing could be opened with this key: nothing is exported.")
        _console().print(f"{total - broken} exported, {broken} could not be opened.")
        exported.note_export(store, wanted, begun, total - broken, broken)
    if broken:
        sys.exit(1)


def _refuse_unknown(installation: Installation, connection: Connection, wanted: Wanted) -> None:
    """A campaign may be gone from the disk and still have people."""
    known = installation.campaigns.get(wanted.campaign) is not None
    if not known and not is_known(connection, wanted.campaign):
        raise NotFoundError(
            f"There is no campaign {wanted.campaign!r}, and nothing of it is stored."
        )
    if wanted.partner is not None:
        partners.get(connection, wanted.partner)


def _export(found: Iterable[Person | Broken], writer: Writer, console: Console) -> int:
    """Write who could be opened; name what could not, and return how many those are."""
    broken = 0
    for each in found:
        if isinstance(each, Broken):
            broken += 1
            console.print(f"{each.reference}: {each.reason}", style="red")
        else:
            writer.write(each)
    return broken


def _progress() -> Progress:
    """A bar where somebody looks, beside the people and not among them."""
    console = _console()
    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal)


def _console() -> Console:
    return Console(stderr=True, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def _opened(out: Path | None) -> Iterator[TextIO]:
    """Where to write: a file has its name only once it is whole, and is never overwritten."""
    if out is None:
        yield sys.stdout
        return
    _refuse_existing(out)
    with draft(out.with_name(f"{out.name}.part")) as part:
        with part.open("w", encoding="utf-8", newline="") as file:
            yield file
        flush(part)
        _refuse_existing(out)
        part.rename(out)
        flush(out.parent)


def _refuse_existing(out: Path) -> None:
    if out.exists():
        raise SetupError(f"{out} exists already, and is never overwritten.")
