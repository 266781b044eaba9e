"""``threesteps campaign``: what campaigns there are, a new one, and what is wrong with them."""

import os
import sys
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from ..campaigns import Campaigns, campaign_parents, example_campaigns
from ..campaigns.library import campaign_folders, stances_elsewhere
from ..campaigns.skeleton import Start, write_skeleton
from ..compose.check import Today
from ..compose.check import check as check_folder
from ..errors import CampaignError
from ..find.congress import EASTERN, congress_at, congress_term, noon_eastern
from ..find.roster import Roster
from ..settings import Settings


@click.group()
def campaign() -> None:
    """Begin, see, check, show and end campaigns; make their keys; ask who supports their bills."""


@campaign.command("list")
def list_campaigns() -> None:
    """Name every campaign; one with mistakes is named with the first of them."""
    settings = Settings.from_env(os.environ)
    campaigns = Campaigns(campaign_parents(settings), {}).refreshed()
    now = settings.clock()
    table = Table("campaign", "headline", "languages", "state", "ends", box=None)
    for found in campaigns.all():
        headline, languages = found.words_in(None).headline, ", ".join(found.languages)
        table.add_row(found.slug, headline, languages, found.state(now), f"{found.ends:%Y-%m-%d}")
    Console().print(table)
    for problem in campaigns.problems:
        click.echo(problem, err=True)
    for folder in campaign_folders(example_campaigns()):
        click.echo(f"An example, to preview and to copy: {folder}")


@campaign.command()
@click.argument("slug")
@click.option("--title", help="The headline; the slug in words if there is none.")
@click.option(
    "--languages", default="en", show_default=True, help="Such as en,zh-Hant,es; the first leads."
)
@click.option(
    "--in",
    "parent",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where campaigns are kept, if not in THREESTEPS_CAMPAIGNS.",
)
def new(slug: str, title: str | None, languages: str, parent: Path | None) -> None:
    """Write the folder of a new campaign SLUG, complete and commented, to be rewritten."""
    settings = Settings.from_env(os.environ)
    shelf = parent or settings.campaigns
    if shelf is None:
        raise CampaignError(
            "Say where campaigns are kept: with --in FOLDER, or in THREESTEPS_CAMPAIGNS."
        )
    words = title or slug.replace("-", " ").capitalize()
    asked = tuple(dict.fromkeys(filter(None, map(str.strip, languages.split(",")))))
    folder = write_skeleton(shelf, slug, words, asked, _start(settings.clock()))
    click.echo(f"Wrote {folder}. Rewrite it, and see how it comes along:")
    prefix = "" if shelf == settings.campaigns else f"THREESTEPS_CAMPAIGNS={shelf} "
    click.echo(f"  threesteps campaign check {folder}")
    click.echo(f"  {prefix}threesteps campaign preview {slug}")


@campaign.command()
@click.argument("path", required=False, type=click.Path(exists=True, file_okay=False))
def check(path: str | None) -> None:
    """Check the campaign in PATH, or each one below it, or all that are installed."""
    settings = Settings.from_env(os.environ)
    parents = campaign_parents(settings)
    installed = [folder for parent in parents for folder in campaign_folders(parent)]
    folders = _folders(Path(path)) if path else installed
    today = today_of(settings)
    problems = [
        problem
        for folder in folders
        for problem in check_folder(
            folder, stances_elsewhere(parents, folder.resolve().name), today
        )
    ]
    for problem in problems:
        click.echo(problem)
    if problems or not folders:
        click.echo(f"Mistakes: {len(problems)}. Campaigns: {len(folders)}.", err=True)
        sys.exit(1)
    click.echo(f"{', '.join(folder.resolve().name for folder in folders)}: no mistakes.")


def today_of(settings: Settings) -> Today:
    """What a campaign of this installation is held against."""
    now = settings.clock()
    return Today(now, congress_at(now), Roster.newest(settings.home).people(now))


def _start(now: datetime) -> Start:
    """From this morning to the end of this Congress."""
    congress = congress_at(now)
    morning = datetime.combine(now.astimezone(EASTERN), time(), EASTERN)
    _, last_day = congress_term(congress)
    return Start(morning, noon_eastern(last_day).astimezone(EASTERN), congress)


def _folders(path: Path) -> Sequence[Path]:
    """A campaign's own folder, or those of the campaigns below it."""
    below = campaign_folders(path)
    return [path] if (path / "campaign.toml").exists() or not below else below
