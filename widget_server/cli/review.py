"""``threesteps review``: held submissions, seen by somebody, counted or set aside."""

import click

from ..errors import NotFoundError
from ..store import Store, audit, invalidations
from ..store.changes import COMMAND
from ..store.rules import Rule, preview
from .installation import Installation
from .invalidate import set_aside
from .rules import do_all, rule_options, show


@click.command()
@click.argument("campaign")
@rule_options
@click.option("--accept", is_flag=True, help="Count them.")
@click.option(
    "--reject", is_flag=True, help="Set them aside; `invalidate --undo` holds them again."
)
def review(campaign: str, rule: Rule, accept: bool, reject: bool) -> None:
    """Show what is held of CAMPAIGN, and count it or set it aside.

    A submission is held when it could have been a machine's and could not show otherwise: who sent
    it has a reference, and is in no number yet. What is accepted counts as of its day.
    """
    if accept and reject:
        raise click.UsageError("Accept them or reject them, not both.")
    installation = Installation.from_environment()
    with installation.store() as store:
        _preview(store, campaign, rule)
        if accept:
            _accept(installation, store, campaign, rule)
        elif reject:
            set_aside(installation, store, campaign, rule, "held", "rejected")


def _preview(store: Store, campaign: str, rule: Rule) -> None:
    with store.read() as connection:
        found = preview(connection, campaign, rule, "held")
    if not found:
        raise NotFoundError(f"Nothing of {campaign!r} is held that is like that.")
    show(found)


def _accept(installation: Installation, store: Store, campaign: str, rule: Rule) -> None:
    now, said = installation.settings.clock(), rule.as_json()
    store.write(
        lambda rows: audit.note(rows, now, COMMAND, "submissions accepted", campaign, **said)
    ).result()
    total = do_all(
        store,
        lambda connection, after: invalidations.accept(connection, campaign, rule, after),
        "Counting",
    )
    print(f"{total:,} accepted.")
