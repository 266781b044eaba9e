"""``threesteps export``: open the sealed submissions, where the private key is."""

import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console
from rich.progress import Progress

from ..errors import NotFoundError, SetupError
from ..report.export import Broken, Person, Write, csv_writer, jsonl_writer, people, sealed_count
from ..seal import load_private_key
from .installation import Installation

_WRITERS = {"csv": csv_writer, "jsonl": jsonl_writer}


@click.command()
@click.argument("campaign")
@click.option(
    "--key",
    metavar="FILE",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    required=True,
    help="The private key that `campaign keys` wrote.",
)
@click.option(
    "--format", "form", type=click.Choice(list(_WRITERS)), default="csv", show_default=True
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="A new file that only you can read (default: the standard output).",
)
def export(campaign: str, key: Path, form: str, out: Path | None) -> None:
    """Open the sealed submissions of CAMPAIGN.

    An envelope that does not open is named, the rest is exported, and the command ends with 1.
    """
    installation = Installation.from_environment()
    private = load_private_key(key.read_bytes())
    with installation.store() as store, store.read() as connection:
        total = sealed_count(connection, campaign)
        if not total and installation.campaigns.get(campaign) is None:
            raise NotFoundError(f"There is no campaign {campaign!r}, and nothing of it is stored.")
        with _opened(out) as file, Progress(console=Console(stderr=True)) as progress:
            found = progress.track(people(connection, campaign, private), total=total)
            broken = _export(found, _WRITERS[form](file))
    console = Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
    for envelope in broken:
        console.print(f"{envelope.reference}: {envelope.reason}", style="red")
    console.print(f"{total - len(broken)} exported, {len(broken)} could not be opened.")
    if broken:
        sys.exit(1)


def _export(found: Iterable[Person | Broken], write: Write) -> list[Broken]:
    """Write who could be opened, and return what could not."""
    broken = []
    for each in found:
        if isinstance(each, Broken):
            broken.append(each)
        else:
            write(each)
    return broken


@contextmanager
def _opened(out: Path | None) -> Iterator[TextIO]:
    if out is None:
        yield sys.stdout
        return
    try:
        descriptor = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise SetupError(f"{out} exists already, and is never overwritten.") from None
    except OSError as error:
        raise SetupError(f"{out} cannot be written: {error.strerror}.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        yield file
