"""``threesteps organiser``: the way into the console, and out of it for everybody."""

import json

import click
from sqlalchemy import Connection

from ..store import audit, generations
from ..store.changes import COMMAND, ORGANISER
from ..store.generations import ORGANISER_SESSIONS
from .installation import Installation


@click.group()
def organiser() -> None:
    """Sign in to the organiser's console, or sign everybody out of it."""


@organiser.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON for programs.")
def link(as_json: bool) -> None:
    """Print a link that signs in to the console, good for 7 days. Whoever has it is in charge."""
    installation = Installation.from_environment()
    now = installation.settings.clock()

    def hand_out(connection: Connection) -> int:
        audit.note(connection, now, COMMAND, "link made", ORGANISER)
        return generations.current(connection, ORGANISER_SESSIONS)

    with installation.store() as store:
        token = installation.tokens.organiser_link(store.write(hand_out).result())
    console = f"{installation.settings.public_url}/organiser?link={token}"
    print(json.dumps({"console": console}) if as_json else console)


@organiser.command("sign-out")
def sign_out() -> None:
    """End every session of the console, and every link to it, within a minute."""
    installation = Installation.from_environment()
    now = installation.settings.clock()

    def end(connection: Connection) -> None:
        generations.end(connection, ORGANISER_SESSIONS)
        audit.note(connection, now, COMMAND, "sessions ended", ORGANISER)

    with installation.store() as store:
        store.write(end).result()
    click.echo("Everybody is signed out. `threesteps organiser link` prints a new link.")
