"""``threesteps forget``: an email address in; what was erased, and what cannot be, out."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial

import click
from rich.console import Console

from ..store import Store, exports, retention, submissions
from ..store.changes import COMMAND
from ..store.forgetting import Forgotten
from ..store.forgetting import forget as forget_rows
from ..store.retention import KEPT_AFTER_CLOSE
from ..submit import blind_index
from .installation import Installation

REMAINS = """\
Not in reach of this command:
  backups and copies of the database that were made before, until you replace them;
  files that were exported before, and whatever they were imported into;
  on PostgreSQL the old rows, until its next vacuum."""


@click.command()
@click.argument("email", required=False)
@click.option("--campaign", metavar="SLUG", help="Only in this campaign (default: in all).")
def forget(email: str | None, campaign: str | None) -> None:
    """Erase the person with this EMAIL address; without one it is asked for.

    What was sealed and what recognises the address are deleted. Their rows stay, of nobody, and
    no number changes. Whoever submits again is counted as somebody new.
    """
    installation = Installation.from_environment()
    email = email or click.prompt("Email address")
    now = installation.settings.clock()
    with installation.store() as store:
        with store.read() as connection:
            closed = retention.closed_at(connection)
            known = {*submissions.indexed_campaigns(connection), *closed}
        # Where all are held or set aside no row brings anybody: only the key tells of it.
        everywhere = sorted(known | installation.keyring.indexed)
        for slug in everywhere if campaign is None else [campaign]:
            for line in _erase(installation, store, slug, email, closed):
                Console(markup=False, highlight=False, soft_wrap=True).print(line)
        retention.drop_unused_keys(store, now)
    Console(markup=False, highlight=False, soft_wrap=True).print(REMAINS)


def _erase(
    installation: Installation,
    store: Store,
    campaign: str,
    email: str,
    closed: Mapping[str, datetime],
) -> Iterator[str]:
    """Erase them from one campaign, and say what that came to."""
    if campaign in closed:
        last = closed[campaign] + KEPT_AFTER_CLOSE
        yield f"{campaign}: closed, so that nobody can be found there any more, by you neither."
        yield f"  Everything that was sealed is deleted by {last:%Y-%m-%d}."
    elif not installation.keyring.has_index_key(campaign):
        yield f"{campaign}: nobody was ever recognised there with the keys of this installation."
    else:
        supporter = blind_index(email, campaign, installation.keyring)
        now = installation.settings.clock()
        job = partial(forget_rows, campaign=campaign, supporter=supporter, who=COMMAND, now=now)
        yield from _told(store, campaign, store.write(job).result())


def _told(store: Store, campaign: str, found: tuple[Forgotten, ...]) -> Iterator[str]:
    if not found:
        yield f"{campaign}: nobody is known by this address."
        return
    sealed = sum(each.sealed for each in found)
    yield f"{campaign}: deleted {_counted(sealed, 'envelope')}, and what recognises the address."
    for each in found:
        yield f"  {each.reference}, {each.day}: the row stays, of nobody, and so do the numbers."
    with store.read() as connection:
        oldest = min(each.day for each in found)
        for export in exports.covering(connection, campaign, oldest):
            yield f"  Export {export.id} of {export.at:%Y-%m-%d} may hold them: delete them there."


def _counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
