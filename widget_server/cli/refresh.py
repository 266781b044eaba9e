"""``threesteps campaign refresh``: who stands behind a campaign's bills, asked of Congress.gov."""

import os
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date, datetime
from pathlib import Path

import click
from rich.console import Console
from rich.progress import track

from ..assets import PACKAGE
from ..campaigns import Bill, Campaign, Signer
from ..campaigns.changes import change, doubts
from ..campaigns.congress_gov import Ask, signers
from ..campaigns.congress_gov_client import API, api_ask, folder_ask
from ..campaigns.stances import STANCES, write_signers
from ..errors import CampaignError
from ..find.roster import Roster
from ..settings import Settings
from .installation import Installation

Fresh = Sequence[tuple[Bill, tuple[Signer, ...]]]


@click.command()
@click.argument("slug")
@click.option(
    "--from",
    "source",
    default=API,
    show_default=True,
    help="A folder of recorded answers, or the address of another service with that API.",
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The day on which the answers were recorded, if not today.",
)
@click.option("--force", is_flag=True, help="Take answers even if they are doubtful.")
def refresh(slug: str, source: str, as_of: datetime | None, force: bool) -> None:
    """Ask Congress.gov who stands behind the bills of the campaign SLUG.

    The answers become its stances.csv; one that is doubtful changes nothing.
    """
    installation = Installation.from_environment()
    _refuse_mistakes(installation, slug)
    settings, campaign = installation.settings, installation.campaign(slug)
    day = as_of.date() if as_of else campaign.day(settings.clock())
    with _asking(source, settings.congress_api_key) as ask:
        fresh = _ask(campaign, ask, day)
    found = [sentence for bill, signed in fresh for sentence in doubts(bill, signed)]
    if found and not force:
        raise CampaignError("\n".join([*found, "Nothing was changed; --force takes it."]))
    path = _folder(installation, campaign) / STANCES
    write_signers(path, [signer for _, signed in fresh for signer in signed])
    _report(fresh, _names(settings), day)
    click.echo(f"Wrote {path}")


def _refuse_mistakes(installation: Installation, slug: str) -> None:
    """A campaign with mistakes is not in use, and one of the same slug below it is not meant."""
    problems = installation.campaigns.problems
    if found := [str(each) for each in problems if each.file.parent.name == slug]:
        raise CampaignError("\n".join(found))


def _asking(source: str, key: str | None) -> AbstractContextManager[Ask]:
    if source.startswith(("http://", "https://")):
        return api_ask(source.rstrip("/"), key)
    if not Path(source).is_dir():
        raise CampaignError(f"{source!r} is neither a folder nor an address.")
    return nullcontext(folder_ask(Path(source)))


def _ask(campaign: Campaign, ask: Ask, day: date) -> Fresh:
    """Every bill's signers, or none at all: the first bad answer ends it."""
    console = Console(stderr=True)
    bills = track(
        campaign.bills,
        "Asking about the bills",
        console=console,
        transient=True,
        disable=not console.is_terminal,
    )
    return [(bill, signers(bill, ask, day)) for bill in bills]


def _folder(installation: Installation, campaign: Campaign) -> Path:
    """The campaign's own folder, or one at home where that belongs to the program or is closed."""
    folder = installation.campaigns.folder(campaign.slug)
    if folder and not folder.is_relative_to(PACKAGE) and os.access(folder, os.W_OK):
        return folder
    return installation.settings.home / "campaigns" / campaign.slug


def _report(fresh: Fresh, names: Mapping[str, str], day: date) -> None:
    for bill, signed in fresh:
        click.echo(f"{bill.label}: {len(signed)} stand behind it as of {day}.")
        changed = change(bill, signed)
        for person in changed.signed:
            click.echo(f"  + {names.get(person, person)} signed on.")
        for person in changed.withdrew:
            click.echo(f"  - {names.get(person, person)} withdrew.")


def _names(settings: Settings) -> dict[str, str]:
    people = Roster.newest(settings.home).people(settings.clock())
    return {person.id: person.name for person in people}
