"""``threesteps doctor``: what is missing or unsafe in this installation, each with the mend."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click
from rich.console import Console

from ..installation import Installation
from .database import database_findings, place, sqlite_version
from .facts import campaigns, roster, stances
from .finding import Finding
from .keys import copy_shown, private_keys, readable_by_others, sealing_keys
from .settings import settings_findings

_STYLES = {"unsafe": "bold red", "missing": "yellow", "note": "dim"}


@click.command()
@click.option(
    "--keys-backed-up",
    "copy",
    metavar="FOLDER",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Compare this copy of the keys with them, and note that there is one.",
)
def doctor(copy: Path | None) -> None:
    """Say what is missing or unsafe in this installation, and how to mend it.

    Ends with 1 when something is unsafe.
    """
    installation = Installation.from_environment()
    if copy:
        copy_shown(installation, copy)
    found = list(findings(installation))
    for finding in found:
        _print(finding)
    if all(finding.level == "note" for finding in found):
        Console().print("Nothing is missing, nothing is unsafe.", style="green")
    if any(finding.level == "unsafe" for finding in found):
        sys.exit(1)


def _print(finding: Finding) -> None:
    """A note goes beside what is wrong, not among it."""
    console = Console(stderr=finding.level == "note", markup=False, highlight=False, soft_wrap=True)
    console.print(f"{finding.level}: {finding.sentence}", style=_STYLES[finding.level])
    console.print(f"  mend: {finding.mend}")


def findings(installation: Installation) -> Iterator[Finding]:
    """Everything there is to say, the places and settings first."""
    settings = installation.settings
    yield from settings_findings(settings)
    yield from campaigns(installation)
    yield from sealing_keys(installation)
    yield from private_keys(settings)
    yield from stances(installation)
    yield from database_findings(installation)
    if settings.database_url is None:
        yield from place(settings.home)
        yield from sqlite_version()
    yield from readable_by_others(settings)
    yield from roster(settings)
