"""``threesteps campaign keys``: the key pair that a campaign's envelopes are sealed to."""

from pathlib import Path

import click
from rich.console import Console

from ..errors import SetupError
from ..keys import add_public_key
from ..private import write_new
from ..seal import generate_key_pair, key_id
from .installation import Installation


@click.command()
@click.argument("slug")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    required=True,
    help="Where the private key goes; never an existing file.",
)
@click.option("--rotate", is_flag=True, help="Replace the campaign's key by a new one.")
def keys(slug: str, out: Path, rotate: bool) -> None:
    """Make the key pair of the campaign SLUG.

    The private key is written to FILE: keep it off this machine, for without it nobody can read
    the submissions. The public key stays here, and new submissions are sealed to it.
    """
    installation = Installation.from_environment()
    campaign = installation.campaign(slug)
    if installation.keyring.public_key(campaign.slug) and not rotate:
        raise SetupError(
            f"The campaign {slug!r} has a key already. With --rotate, new submissions are sealed "
            "to a new one; keep the old private key for those before."
        )
    pair = generate_key_pair()
    _write(out, pair.private)
    add_public_key(installation.settings.keys, campaign.slug, pair.public)
    console = Console(markup=False, highlight=False, soft_wrap=True)
    console.print(f"Key {key_id(pair.public).hex()} of {slug}: the private part is in {out}.")
    console.print("Move it to a machine that is not on the web, and keep a copy in a safe.")


def _write(out: Path, private: bytes) -> None:
    try:
        write_new(out, private)
    except FileExistsError:
        raise SetupError(f"{out} exists already, and is never overwritten.") from None
    except OSError as error:
        raise SetupError(f"{out} cannot be written: {error.strerror}.") from None
