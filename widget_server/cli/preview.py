"""``threesteps campaign preview``: a campaign as visitors will see it, and nothing kept of that."""

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click
from starlette.types import ASGIApp

from ..app import create_app
from ..campaigns import Campaigns, Problem, campaign_parents
from ..campaigns.library import stances_elsewhere
from ..compose.check import check
from ..errors import NotFoundError
from ..given import Given
from ..keys import Keyring, add_public_key
from ..seal import generate_key_pair
from ..server.listen import listen
from ..settings import Settings
from ..store import partners
from ..web.preview import Unkept, preview_routes
from ..web.service import Service
from .campaign import today_of

#: What an installation knows of people, places and bills; a preview reads it where it is.
FACTS = ("roster", "contacts.csv", "campaigns")


@click.command()
@click.argument("slug")
@click.option("--port", default=8001, show_default=True, help="Listen on this port.")
def preview(slug: str, port: int) -> None:
    """Show the campaign SLUG on this machine, with its mistakes.

    A changed file shows when the page is loaded again. Nothing is counted and nothing stays.
    """
    settings = replace(Settings.from_env(os.environ), default_campaign=slug)
    folder = _folder(campaign_parents(settings), slug)
    with TemporaryDirectory(prefix="threesteps-preview-") as scratch:
        app = preview_app(settings, folder, Path(scratch), f"http://127.0.0.1:{port}")
        click.echo(f"Preview of {folder}")
        click.echo(f"http://127.0.0.1:{port}/")
        listen(app, "127.0.0.1", port)


def preview_app(settings: Settings, folder: Path, scratch: Path, origin: str) -> ASGIApp:
    """The service with a store and keys of its own in ``scratch``, and the preview at ``/``."""
    slug, parents = folder.name, campaign_parents(settings)
    apart = _apart(settings, scratch, origin)
    _lend(settings.home, apart.home)
    _make_key(apart, slug)
    app = create_app(apart, campaigns=Campaigns(parents, {}).refreshed())
    service: Service = app.state.service
    partner = service.store.write(
        lambda rows: partners.add(rows, "Preview", [origin], service.clock())
    ).result()
    token = Given(service, partner).token(slug)

    def mistakes() -> Sequence[Problem]:
        return check(folder, stances_elsewhere(parents, slug), today_of(settings))

    app.router.routes.extend(preview_routes(slug, token, mistakes))
    return Unkept(app)  # around all of it: hot addresses pass no middleware


def _folder(parents: Sequence[Path], slug: str) -> Path:
    """Where the campaign is, the last word last. Raises NotFoundError."""
    found = [parent / slug for parent in parents if (parent / slug / "campaign.toml").exists()]
    if not found:
        raise NotFoundError(
            f"There is no campaign {slug!r}. `threesteps campaign list` names them, "
            "`threesteps campaign new` writes one.",
            field="campaign",
        )
    return found[-1]


def _apart(settings: Settings, scratch: Path, origin: str) -> Settings:
    """The settings of a service that shares nothing which is written."""
    return replace(
        settings,
        home=scratch,
        keys=scratch / "keys",
        database_url=None,
        public_url=origin,
        syncs_daily=False,
    )


def _lend(home: Path, scratch: Path) -> None:
    """The facts of the installation, to be read from another home."""
    for name in FACTS:
        if (home / name).exists():
            (scratch / name).symlink_to((home / name).resolve())


def _make_key(settings: Settings, slug: str) -> None:
    """A key for which nobody has the other half, so that the form shows all its fields."""
    Keyring.open(settings.keys)
    add_public_key(settings.keys, slug, generate_key_pair().public)
