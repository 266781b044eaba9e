"""``threesteps campaign close``: the end of a campaign, and of the key that recognises people."""

import click

from ..errors import SetupError
from ..keys import destroy_index_key
from ..store import closures
from .installation import Installation


@click.command()
@click.argument("slug")
@click.option("--yes", is_flag=True, help="Close it without asking.")
def close(slug: str, yes: bool) -> None:
    """End the campaign SLUG for good.

    The key of its blind index is destroyed: nobody, with whatever copy of the database, can test
    any more whether an address is among its supporters. The numbers stay. Sealed submissions are
    deleted 90 days later; export them before.
    """
    installation = Installation.from_environment()
    campaign = installation.campaign(slug).slug
    if not yes:
        _ask(campaign)
    now = installation.settings.clock()
    with installation.store() as store:
        store.write(lambda connection: closures.close(connection, campaign, now)).result()
    destroy_index_key(installation.settings.keys, campaign)
    click.echo(f"{campaign} is closed, and the key of its blind index is destroyed here.")
    click.echo(
        f"Delete index-{campaign}.keys from your backups too; the service deletes it on its other "
        "machines within a minute."
    )


def _ask(campaign: str) -> None:
    click.echo(f"This ends {campaign} for good: it cannot be opened again.", err=True)
    if click.prompt("Type its name to close it", err=True) != campaign:
        raise SetupError("That is not its name, so nothing was done.")
