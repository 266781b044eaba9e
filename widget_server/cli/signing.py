"""``threesteps keys``: the server's own keys, which sign every token."""

from datetime import datetime, timedelta

import click
from sqlalchemy import Connection

from ..errors import SetupError
from ..keys import prepare_signing_key, rotate_signing_key, signing_key_prepared_at
from ..store import audit
from ..store.changes import COMMAND, ORGANISER
from .installation import Installation

#: By then every process has read the folder again.
KNOWN_AFTER = timedelta(seconds=60)


@click.group()
def signing() -> None:
    """Renew the key that signs snippets, links and visits."""


@signing.command()
def rotate() -> None:
    """Sign with a new key; what the old ones signed stays good.

    Two steps, so that nobody is refused: the first makes the key known, the second, a minute
    later, signs with it.
    """
    installation = Installation.from_environment()
    folder, now = installation.settings.keys, installation.settings.clock()
    prepared = signing_key_prepared_at(folder)
    if prepared is None:
        prepare_signing_key(folder)
        _note(installation, "signing key prepared", now)
        click.echo("A new key is known from now on, and signs nothing yet.")
        click.echo("Copy keys/ to your other machines, and type the same again in a minute.")
        return
    if now < prepared + KNOWN_AFTER:
        raise SetupError("Not every process has read the new key: type this again in a minute.")
    rotate_signing_key(folder)
    _note(installation, "signing key renewed", now)
    click.echo("The new key signs from now on; what the old ones signed stays good.")
    click.echo("Copy keys/ to your other machines and to your backup of the keys.")


def _note(installation: Installation, what: str, now: datetime) -> None:
    def write(connection: Connection) -> None:
        audit.note(connection, now, COMMAND, what, ORGANISER)

    with installation.store() as store:
        store.write(write).result()
