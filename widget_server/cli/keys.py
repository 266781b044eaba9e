"""``threesteps campaign keys``: the keys that a campaign's envelopes are sealed to."""

import secrets
from pathlib import Path

import click
from rich.console import Console

from ..errors import SetupError
from ..keys import add_public_key, add_recovery_key
from ..private import write_new
from ..seal import SEED_BYTES, generate_key_pair, key_id, pair_of_seed
from . import recovery as shares
from .installation import Installation


@click.command()
@click.argument("slug")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Where the private key goes; never an existing file.",
)
@click.option(
    "--recovery",
    is_flag=True,
    help="Make the key for when that file is lost: three shares, of which two open everything.",
)
@click.option("--rotate", is_flag=True, help="Replace the campaign's key by a new one.")
def keys(slug: str, out: Path | None, recovery: bool, rotate: bool) -> None:
    """Make a key pair of the campaign SLUG.

    The private key is written to FILE: keep it off this machine, for without it nobody can read
    the submissions. The public key stays here, and new submissions are sealed to it. With
    --recovery the private key is printed as three shares and kept nowhere.
    """
    installation = Installation.from_environment()
    campaign = installation.campaign(slug).slug
    if out is None and not recovery:
        raise SetupError("Say where the private key goes, with --out FILE, or ask for --recovery.")
    _refuse_second(installation, campaign, out, recovery=recovery, rotate=rotate)
    folder = installation.settings.keys
    if out is not None:
        make_organisers_key(folder, campaign, out)
    if recovery:
        _make_recovery(folder, campaign)


def _refuse_second(
    installation: Installation, campaign: str, out: Path | None, *, recovery: bool, rotate: bool
) -> None:
    keyring = installation.keyring
    found = (out and keyring.public_key(campaign)) or (recovery and keyring.recovery_key(campaign))
    if found and not rotate:
        raise SetupError(
            f"The campaign {campaign!r} has a key already. With --rotate, new submissions are "
            "sealed to a new one; keep the old private key for those before."
        )


def make_organisers_key(folder: Path, campaign: str, out: Path) -> None:
    """Write a new private key to ``out``, and seal what comes in from now on to its public half."""
    pair = generate_key_pair()
    _write(out, pair.private)
    add_public_key(folder, campaign, pair.public)
    console = _console()
    console.print(f"Key {key_id(pair.public).hex()} of {campaign}: the private part is in {out}.")
    console.print("Move it to a machine that is not on the web, and keep a copy in a safe.")


def _make_recovery(folder: Path, campaign: str) -> None:
    """Print the shares before anything is sealed to them."""
    seed = secrets.token_bytes(SEED_BYTES)
    public = pair_of_seed(seed).public
    console = _console()
    console.print(f"Recovery key {key_id(public).hex()} of {campaign}, in {shares.SHARES} shares.")
    for number, share in enumerate(shares.split(seed), start=1):
        console.print(f"\nShare {number}:\n{share}")
    console.print(
        f"\nThey are shown this once. Give each to another person, on paper: any {shares.NEEDED} "
        f"open everything with `threesteps export {campaign} --recovery`, one alone opens nothing."
    )
    add_recovery_key(folder, campaign, public)


def _console() -> Console:
    return Console(markup=False, highlight=False, soft_wrap=True)


def _write(out: Path, private: bytes) -> None:
    try:
        write_new(out, private)
    except FileExistsError:
        raise SetupError(f"{out} exists already, and is never overwritten.") from None
    except OSError as error:
        raise SetupError(f"{out} cannot be written: {error.strerror}.") from None
