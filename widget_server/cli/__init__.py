"""``threesteps``: what an organiser types."""

import sys
from typing import Any

import click

from .. import __version__
from ..errors import ThreestepsError
from .backup import backup, restore
from .campaign import campaign
from .close import close
from .counts import counts
from .demo import demo
from .doctor import doctor
from .export import export
from .find import find
from .forget import forget
from .init import init
from .invalidate import invalidate
from .keys import keys
from .organiser import organiser
from .partner import partner
from .preview import preview
from .recount import recount
from .refresh import refresh
from .review import review
from .roster import roster
from .serve import serve
from .signing import signing


class Commands(click.Group):
    """A group whose commands fail with a sentence, not a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours is printed and exits with 1."""
        try:
            return super().invoke(ctx)
        except ThreestepsError as error:
            click.echo(f"threesteps: {error.sentence}", err=True)
            sys.exit(1)


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="threesteps")
def main() -> None:
    """Put the visitors of any site in touch with their legislators.

    \b
    See it first:        threesteps demo
    Set it up:           threesteps init
    Run it:              threesteps serve
    Look after it:       threesteps organiser link
    """


campaign.add_command(close)
campaign.add_command(keys)
campaign.add_command(preview)
campaign.add_command(refresh)
main.add_command(signing, "keys")
for command in (
    *(init, serve, demo, find, partner, organiser, campaign, counts, export, forget),
    *(review, invalidate, recount, backup, restore, roster, doctor),
):
    main.add_command(command)
