"""``threesteps campaign``: what campaigns there are, and what is wrong with them."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from ..campaigns import Campaigns, campaign_parents
from ..campaigns.library import campaign_folders, stances_elsewhere
from ..compose.check import check as check_folder
from ..settings import Settings


@click.group()
def campaign() -> None:
    """See and check the campaigns on disk, make their keys, and ask who supports their bills."""


@campaign.command("list")
def list_campaigns() -> None:
    """Name every campaign; one with mistakes is named with the first of them."""
    campaigns = Campaigns(_parents(), {}).refreshed()
    table = Table("campaign", "headline", "languages", "ends", box=None, header_style="bold")
    for found in campaigns.all():
        headline = found.words_in(None).headline
        table.add_row(found.slug, headline, ", ".join(found.languages), f"{found.ends:%Y-%m-%d}")
    Console().print(table)
    for problem in campaigns.problems:
        click.echo(problem, err=True)


@campaign.command()
@click.argument("path", required=False, type=click.Path(exists=True, file_okay=False))
def check(path: str | None) -> None:
    """Check the campaign in PATH, or each one below it, or all that are installed."""
    parents = _parents()
    installed = [folder for parent in parents for folder in campaign_folders(parent)]
    folders = _folders(Path(path)) if path else installed
    problems = [
        problem
        for folder in folders
        for problem in check_folder(folder, stances_elsewhere(parents, folder.resolve().name))
    ]
    for problem in problems:
        click.echo(problem)
    if problems or not folders:
        click.echo(f"{len(problems)} mistakes in {len(folders)} campaigns.", err=True)
        sys.exit(1)
    click.echo(f"{', '.join(folder.resolve().name for folder in folders)}: no mistakes.")


def _parents() -> tuple[Path, ...]:
    return campaign_parents(Settings.from_env(os.environ))


def _folders(path: Path) -> Sequence[Path]:
    """A campaign's own folder, or those of the campaigns below it."""
    below = campaign_folders(path)
    return [path] if (path / "campaign.toml").exists() or not below else below
