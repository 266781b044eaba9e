"""``threesteps serve``: run the service."""

import os
from dataclasses import replace

import click

from ..app import create_app
from ..server.listen import listen
from ..settings import Settings

host_option = click.option("--host", default="127.0.0.1", show_default=True, help="Listen here.")
port_option = click.option("--port", default=8000, show_default=True, help="Listen on this port.")


@click.command()
@host_option
@port_option
def serve(host: str, port: int) -> None:
    """Run the service for the installation in THREESTEPS_HOME."""
    settings = public_at(Settings.from_env(os.environ), f"http://{host}:{port}")
    app = create_app(settings)
    click.echo(f"Threesteps on {settings.public_url}, data in {settings.home.resolve()}")
    listen(app, host, port)


def public_at(settings: Settings, address: str) -> Settings:
    """The settings with the address we listen on, unless the environment names another."""
    return (
        settings
        if os.environ.get("THREESTEPS_PUBLIC_URL")
        else replace(settings, public_url=address)
    )
