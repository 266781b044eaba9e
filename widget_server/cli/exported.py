"""An export of everything: its id once it is made, and the word that its file is safe."""

from datetime import datetime

import click
from rich.console import Console
from sqlalchemy import Connection

from ..report.export import Wanted
from ..store import Store, audit, exports
from ..store.changes import COMMAND
from ..store.exports import Export
from ..store.retention import KEPT_AFTER_EXPORT
from .installation import Installation


def note_export(store: Store, wanted: Wanted, begun: datetime, n: int, unopened: int) -> None:
    """Store that everything was exported, and say how to acknowledge it; a part is no export."""
    if wanted != Wanted(wanted.campaign):
        return
    made = store.write(
        lambda connection: exports.record(connection, wanted.campaign, begun, n, unopened)
    ).result()
    if made:
        _console().print(
            f"It holds everybody through {made.through}. Once the file is safe:\n"
            f"  threesteps export {made.campaign} --acknowledge {made.id}"
        )


def acknowledge(installation: Installation, campaign: str, id: str, *, sure: bool) -> None:
    """Let what the export holds be deleted in time. Asks when some of it could not be read."""
    now = installation.settings.clock()
    with installation.store() as store:
        with store.read() as connection:
            found = exports.find(connection, campaign, id, now)
        if found.unopened and not sure:
            click.confirm(_question(found), abort=True, err=True)

        def accept(connection: Connection) -> None:
            exports.acknowledge(connection, found, now)
            audit.note(connection, now, COMMAND, "export acknowledged", campaign, id=id)

        store.write(accept).result()
    _console().print(
        f"Acknowledged. What was submitted through {found.through} is deleted here "
        f"{KEPT_AFTER_EXPORT.days} days from now; rows and numbers stay."
    )


def _question(found: Export) -> str:
    return (
        f"{found.unopened:,} of its submissions could not be opened, and will be deleted with "
        "the rest. Do you have no other key that opens them, and go on?"
    )


def _console() -> Console:
    return Console(stderr=True, markup=False, highlight=False, soft_wrap=True)
