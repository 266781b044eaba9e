"""``threesteps partner``: add the sites that show the widget, and manage what they were given."""

import json
from collections.abc import Callable
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..given import Given
from ..model import Partner
from ..store import partners
from ..store.changes import COMMAND, Changes
from .given import print_given, sent
from .installation import Installation

_as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
_campaign = click.option(
    "--campaign", metavar="SLUG", help="The campaign the snippet shows (default: the default one)."
)
_sites = click.option(
    "--site",
    "sites",
    metavar="ORIGIN",
    multiple=True,
    required=True,
    help="Where the widget may stand: example.org (https, with and without www), "
    "https://news.example.org, https://*.example.org. Give it once for each site.",
)


@click.group()
def partner() -> None:
    """Add partners, and manage their snippets, links and keys."""


@partner.command()
@click.argument("name")
@_sites
@_campaign
@_as_json
def add(name: str, sites: tuple[str, ...], campaign: str | None, as_json: bool) -> None:
    """Add the partner NAME, and print what to send them."""
    _change(lambda changes: changes.add(name, sites), campaign, as_json)


@partner.command("list")
@_as_json
def list_(as_json: bool) -> None:
    """List every partner."""
    installation = Installation.from_environment()
    with installation.store() as store, store.read() as connection:
        found = partners.list_all(connection)
    if as_json:
        print(json.dumps([_described(partner) for partner in found], ensure_ascii=False))
        return
    table = Table("Partner", "Name", "Sites", "Added")
    for each in found:
        added = each.created_at.date().isoformat()
        table.add_row(*map(Text, (each.slug, each.name, "\n".join(each.sites), added)))
    Console().print(table if found else "There are no partners. Add one: threesteps partner add")


@partner.command()
@click.argument("slug")
@_campaign
@_as_json
def show(slug: str, campaign: str | None, as_json: bool) -> None:
    """Print again what the partner SLUG was given."""
    installation = Installation.from_environment()
    with installation.store() as store, store.read() as connection:
        found = partners.get(connection, slug)
    _print(installation, found, campaign, as_json, revoked=found.is_revoked)


@partner.command()
@click.argument("slug")
@_as_json
def link(slug: str, as_json: bool) -> None:
    """Print a link that signs the partner SLUG in to their page, good for 7 days."""
    installation = Installation.from_environment()
    found = _write(installation, lambda changes: changes.hand_out_link(slug))
    address = Given(installation, found).sign_in_link
    print(json.dumps({"partner": slug, "dashboard": address}) if as_json else address)


@partner.command()
@click.argument("slug")
@_sites
@_campaign
@_as_json
def sites(slug: str, sites: tuple[str, ...], campaign: str | None, as_json: bool) -> None:
    """Replace the sites of the partner SLUG."""
    _change(lambda changes: changes.set_sites(slug, sites), campaign, as_json)


@partner.command()
@click.argument("slug")
@_campaign
@_as_json
def rotate(slug: str, campaign: str | None, as_json: bool) -> None:
    """Give the partner SLUG a new snippet. The old ones count until they are revoked."""
    _change(lambda changes: changes.rotate(slug), campaign, as_json)


@partner.command()
@click.argument("slug")
@click.option("--all", "everything", is_flag=True, help="The newest snippet too.")
@click.option(
    "--sessions", is_flag=True, help="Instead: sign everybody out, and end sign-in links."
)
@click.option("--api-key", is_flag=True, help="Instead: end the API key, and print a new one.")
@_campaign
@_as_json
def revoke(
    slug: str,
    everything: bool,
    sessions: bool,
    api_key: bool,
    campaign: str | None,
    as_json: bool,
) -> None:
    """End what the partner SLUG was given.

    The snippets from before the last rotation stop counting for the partner; if there was no
    rotation, the only one does. Their visitors still take part, counted for nobody, and past
    counts stay. Follow with `rotate` for a new snippet.
    """

    def end(changes: Changes) -> Partner:
        if sessions:
            changes.end_sessions(slug)
        if api_key:
            changes.renew_api_key(slug)
        if everything or not (sessions or api_key):
            changes.revoke(slug, everything=everything)
        return partners.get(changes.connection, slug)

    _change(end, campaign, as_json)


def _change(change: Callable[[Changes], Partner], campaign: str | None, as_json: bool) -> None:
    """Write the change, then print the partner as they are now."""
    installation = Installation.from_environment()
    installation.campaign(campaign)  # refuse a wrong one before anything is written
    _print(installation, _write(installation, change), campaign, as_json)


def _write(installation: Installation, change: Callable[[Changes], Partner]) -> Partner:
    """The partner after the change, which the audit tells of."""
    now = installation.settings.clock()
    with installation.store() as store:
        return store.write(lambda connection: change(Changes(connection, COMMAND, now))).result()


def _print(
    installation: Installation,
    partner: Partner,
    campaign: str | None,
    as_json: bool,
    **also: bool,
) -> None:
    """Print what the partner is sent; JSON has ``also`` too."""
    if as_json:
        print(json.dumps({**sent(installation, partner, campaign), **also}, ensure_ascii=False))
    else:
        print_given(installation, partner, campaign)


def _described(partner: Partner) -> dict[str, Any]:
    return {
        "partner": partner.slug,
        "name": partner.name,
        "sites": list(partner.sites),
        "created_at": partner.created_at.isoformat(),
        "revoked": partner.is_revoked,
    }
