"""``threesteps init``: four answers in; settings, keys, a partner and the next steps out."""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import click

from ..errors import PartnerError, SettingsError, SetupError
from ..model import Partner
from ..private import make_folder, write_new
from ..settings import DEFAULT_PUBLIC_URL, Settings
from ..store.changes import COMMAND, Changes
from ..store.sites import parse_sites
from .given import print_given
from .installation import Installation
from .keys import make_organisers_key

#: What is for one process only is not taken over from the environment.
_PASSING = frozenset({"THREESTEPS_NOW", "THREESTEPS_LIMITS"})


class PublicUrl(click.ParamType[str]):
    """An origin that the settings take; who mistypes one is asked again."""

    name = "origin"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The origin without a trailing slash."""
        try:
            return Settings.from_env({"THREESTEPS_PUBLIC_URL": value}).public_url
        except SettingsError as error:
            self.fail(error.sentence, param, ctx)


class Sites(click.ParamType[tuple[str, ...]]):
    """Sites with spaces between; who mistypes one is asked again."""

    name = "sites"

    def convert(
        self, value: str | tuple[str, ...], param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The origins they stand for."""
        try:
            return parse_sites(value.split() if isinstance(value, str) else value)
        except PartnerError as error:
            self.fail(error.sentence, param, ctx)


@click.command()
@click.option(
    "--home",
    prompt="Where is everything kept (a folder)",
    default=lambda: os.environ.get("THREESTEPS_HOME") or "threesteps-data",
    type=click.Path(path_type=Path, file_okay=False, resolve_path=True),
    help="The folder for the database, the keys and the settings.",
)
@click.option(
    "--public-url",
    metavar="ORIGIN",
    prompt="What address do people see",
    default=lambda: os.environ.get("THREESTEPS_PUBLIC_URL") or DEFAULT_PUBLIC_URL,
    type=PublicUrl(),
    help="Written into snippets and links, such as https://act.example.org.",
)
@click.option(
    "--key",
    "private_key",
    metavar="FILE",
    prompt="Where does the key go that opens submissions (a file outside of that folder)",
    default="campaign.key",
    type=click.Path(path_type=Path, dir_okay=False, resolve_path=True),
    help="The private key of the default campaign; never an existing file.",
)
@click.option(
    "--partner", metavar="NAME", prompt="Who shows the widget first (a name)", help="A partner."
)
@click.option(
    "--site",
    "sites",
    metavar="ORIGINS",
    prompt="On which site (such as example.org)",
    type=Sites(),
    help="Where the partner shows it; several in quotes, with spaces between.",
)
def init(
    home: Path, public_url: str, private_key: Path, partner: str, sites: tuple[str, ...]
) -> None:
    """Set up a new installation: settings, keys, and the first partner with their snippet.

    It asks for what no option says, and overwrites nothing.
    """
    file = home / "environment"
    _refuse_existing(home, file, private_key)
    make_folder(home)
    variables = _variables(home, public_url)
    installation = Installation.of(Settings.from_env(variables))
    campaign = installation.campaign(None).slug
    if installation.keyring.public_key(campaign):
        raise SetupError(f"{installation.settings.keys} has a key of {campaign} already.")
    added = _first_partner(installation, partner, sites)
    make_organisers_key(installation.settings.keys, campaign, private_key)
    write_new(file, _file(variables))
    click.echo()
    print_given(installation, added)
    _print_next_steps(file, installation.settings, campaign)


def _refuse_existing(home: Path, file: Path, private_key: Path) -> None:
    """Before anything is written; a key in the home would be on the web with the rest."""
    if private_key.is_relative_to(home):
        raise SetupError(f"{private_key} is in {home}, where the key must never be.")
    for path in (file, private_key):
        if path.exists():
            raise SetupError(f"{path} exists already, and is never overwritten.")
    if not os.access(private_key.parent, os.W_OK):
        raise SetupError(f"{private_key.parent} is no folder that can be written to.")


def _variables(home: Path, public_url: str) -> dict[str, str]:
    """The settings of the new installation; what the environment says besides goes with it."""
    return {
        "THREESTEPS_ROSTER_SYNC": "daily",
        **_behind_a_proxy(public_url),
        **_set_already(os.environ),
        "THREESTEPS_HOME": str(home),
        "THREESTEPS_PUBLIC_URL": public_url,
    }


def _behind_a_proxy(public_url: str) -> dict[str, str]:
    """TLS needs one, which most likely is on this machine."""
    if urlsplit(public_url).scheme != "https":
        return {}
    return {"THREESTEPS_TRUSTED_PROXIES": "127.0.0.1, ::1"}


def _set_already(environ: Mapping[str, str]) -> dict[str, str]:
    named = {name: value for name, value in environ.items() if name.startswith("THREESTEPS_")}
    return {name: value for name, value in named.items() if value and name not in _PASSING}


def _first_partner(installation: Installation, name: str, sites: tuple[str, ...]) -> Partner:
    now = installation.settings.clock()
    with installation.store() as store:
        return store.write(
            lambda connection: Changes(connection, COMMAND, now).add(name, sites)
        ).result()


def _file(variables: Mapping[str, str]) -> bytes:
    """Lines that systemd and a shell read alike."""
    lines = [f"{name}={shlex.quote(value)}\n" for name, value in sorted(variables.items())]
    return "".join(
        ["# Settings of Threesteps; docs/operate.md names all of them.\n", *lines]
    ).encode()


def _print_next_steps(file: Path, settings: Settings, campaign: str) -> None:
    click.echo(f"\nSettings are in {file}, keys in {settings.keys.resolve()}: keep a copy of both.")
    click.echo("\nNext:")
    for step, why in (
        (f"set -a; . {shlex.quote(str(file))}; set +a", "in each shell; systemd: EnvironmentFile="),
        ("threesteps serve", "then paste the snippet"),
        (f"threesteps campaign keys {campaign} --recovery", "for the day that key is lost"),
        ("threesteps doctor", "what is still missing or unsafe"),
    ):
        click.echo(f"  {step}  # {why}")
