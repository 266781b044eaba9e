"""``threesteps serve`` and ``threesteps demo``: run the service."""

import os
from dataclasses import replace
from pathlib import Path

import click
from sqlalchemy import Connection

from ..app import create_app
from ..keys import add_public_key
from ..model import Embed, Partner
from ..private import write_new
from ..seal import generate_key_pair
from ..server.listen import listen
from ..settings import Settings
from ..store import partners
from ..tokens import Grant
from ..web.demo import demo_routes
from ..web.service import Service
from .installation import Installation

DEMO_PARTNER = "Harbor Voices"

_host = click.option("--host", default="127.0.0.1", show_default=True, help="Listen here.")
_port = click.option("--port", default=8000, show_default=True, help="Listen on this port.")


@click.command()
@_host
@_port
def serve(host: str, port: int) -> None:
    """Run the service for the installation in THREESTEPS_HOME."""
    settings = _public_at(Settings.from_env(os.environ), f"http://{host}:{port}")
    app = create_app(settings)
    click.echo(f"Threesteps on {settings.public_url}, data in {settings.home.resolve()}")
    listen(app, host, port)


@click.command()
@_host
@_port
def demo(host: str, port: int) -> None:
    """Run the service with a made-up partner's site that shows the widget."""
    installation = Installation.from_environment()
    settings = _public_at(installation.settings, f"http://127.0.0.1:{port}")
    site = f"http://localhost:{port}"
    private_key = _demo_key(installation)
    app = create_app(settings)
    service: Service = app.state.service
    partner = _demo_partner(service, site)
    token = service.tokens.embed(Embed(settings.default_campaign, partner.slug, partner.generation))
    link = service.tokens.link(Grant(partner.slug, partner.session_generation))
    app.router.routes.extend(demo_routes(token, settings.public_url))
    # click flushes: whoever reads this through a pipe is waiting for it.
    click.echo(f"Partner's site       {site}/demo/")
    click.echo(f"Partner's dashboard  {settings.public_url}/partner?link={link}")
    click.echo(f"Data                 {settings.home.resolve()}")
    click.echo(
        f"Private key          {private_key.resolve()} (a real one never stays on the server)"
    )
    listen(app, host, port)


def _public_at(settings: Settings, address: str) -> Settings:
    """The settings with the address we listen on, unless the environment names another."""
    return (
        settings
        if os.environ.get("THREESTEPS_PUBLIC_URL")
        else replace(settings, public_url=address)
    )


def _demo_key(installation: Installation) -> Path:
    """The private key of the demo's campaign, made on the first start."""
    campaign = installation.settings.default_campaign
    path = installation.settings.home / f"demo-private-{campaign}.key"
    if installation.keyring.public_key(campaign) is None:
        pair = generate_key_pair()
        write_new(path, pair.private)
        add_public_key(installation.settings.keys, campaign, pair.public)
    return path


def _demo_partner(service: Service, site: str) -> Partner:
    """The made-up partner, added on the first start; its site follows the port."""

    def settle(connection: Connection) -> Partner:
        for partner in partners.list_all(connection):
            if partner.name == DEMO_PARTNER:
                return partners.set_sites(connection, partner.slug, [site])
        return partners.add(connection, DEMO_PARTNER, [site], service.clock())

    return service.store.write(settle).result()
