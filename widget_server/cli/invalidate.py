"""``threesteps invalidate``: counted submissions that were nobody's, set aside and brought back."""

import click
from sqlalchemy import Connection

from ..errors import NotFoundError
from ..model import SubmissionStatus
from ..store import Store, audit, invalidations
from ..store.changes import COMMAND
from ..store.rules import Rule, preview
from .installation import Installation
from .rules import do_all, rule_options, show


@click.command()
@click.argument("campaign")
@rule_options
@click.option("--yes", is_flag=True, help="Do it; without this you only see what it would be.")
@click.option("--undo", metavar="ID", help="Bring back what that decision set aside.")
@click.option("--list", "list_wanted", is_flag=True, help="Print the decisions and their ids.")
def invalidate(campaign: str, rule: Rule, yes: bool, undo: str | None, list_wanted: bool) -> None:
    """Take back the supporters that junk brought to CAMPAIGN.

    What is invalidated stays submitted and brings nobody; a person whom it had brought counts for
    the partner of their next submission. It may run beside the service, and can be undone.
    """
    installation = Installation.from_environment()
    with installation.store() as store:
        if list_wanted:
            _list(store, campaign)
        elif undo is not None:
            _undo(installation, store, campaign, undo)
        else:
            _preview(store, campaign, rule)
            if yes:
                set_aside(installation, store, campaign, rule, "counted", "invalidated")


def _preview(store: Store, campaign: str, rule: Rule) -> None:
    if rule == Rule():
        raise click.UsageError("Say which submissions: --partner, --signs, --since ...")
    with store.read() as connection:
        found = preview(connection, campaign, rule, "counted")
    if not found:
        raise NotFoundError(f"Nothing that is counted of {campaign!r} is like that.")
    show(found)


def set_aside(
    installation: Installation,
    store: Store,
    campaign: str,
    rule: Rule,
    status: SubmissionStatus,
    done: str,
) -> None:
    """Set aside what the rule finds among those of a status, and say how to undo what was done."""
    number = _decide(installation, store, campaign, rule, f"submissions {done}")
    total = do_all(
        store,
        lambda connection, after: invalidations.set_aside(
            connection, campaign, number, rule, status, after
        ),
        "Setting aside",
    )
    print(f"{total:,} {done}. Undo it with: threesteps invalidate {campaign} --undo {number}")


def _decide(installation: Installation, store: Store, campaign: str, rule: Rule, what: str) -> str:
    """Note the decision and who made it; its id."""
    now = installation.settings.clock()

    def note(connection: Connection) -> str:
        audit.note(connection, now, COMMAND, what, campaign, **rule.as_json())
        return invalidations.begin(connection, campaign, rule, COMMAND, now)

    return store.write(note).result()


def _undo(installation: Installation, store: Store, campaign: str, number: str) -> None:
    with store.read() as connection:
        if number not in {each.id for each in invalidations.list_all(connection, campaign)}:
            raise NotFoundError(f"There is no decision {number!r}; --list names them.")
    total = do_all(
        store,
        lambda connection, _: invalidations.bring_back(connection, campaign, number),
        "Bringing back",
    )
    now = installation.settings.clock()

    def note(connection: Connection) -> None:
        audit.note(connection, now, COMMAND, "decision undone", campaign, id=number)
        invalidations.end(connection, campaign, number, now)

    store.write(note).result()
    print(f"{total:,} are as they were.")


def _list(store: Store, campaign: str) -> None:
    with store.read() as connection:
        for each in invalidations.list_all(connection, campaign):
            rule = " ".join(f"{name}={value!r}" for name, value in each.rule.items())
            undone = f", undone {each.undone_at:%Y-%m-%d}" if each.undone_at else ""
            print(f"{each.id}  {each.at:%Y-%m-%d %H:%M}  {each.n:,}  {rule or 'held'}{undone}")
