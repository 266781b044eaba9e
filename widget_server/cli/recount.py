"""``threesteps recount``: every number beside a recount of its rows, and mended."""

import json
import sys
from typing import Any

import click
from rich.console import Console

from ..errors import NotFoundError
from ..report.counts import read
from ..store import Store
from ..store.recount import Difference, differences, mend
from .busy import busy
from .installation import Installation


@click.command()
@click.option("--campaign", metavar="SLUG", help="Only this campaign (default: all).")
@click.option("--check", is_flag=True, help="Only compare; ends with 1 when a number differs.")
@click.option("--json", "json_wanted", is_flag=True, help="Print JSON for programs.")
def recount(campaign: str | None, check: bool, json_wanted: bool) -> None:
    """Compare submissions, supporters and acts with a recount of their rows, and mend them.

    It may run beside the service, which goes on counting. Views and answers have no rows: they
    are left as they are.
    """
    installation = Installation.from_environment()
    with installation.store() as store:
        _expect(campaign, installation, store)
        with busy("Recounting"), store.read() as connection:
            found = differences(connection, campaign)
        if found and not check:
            store.write(lambda connection: mend(connection, found)).result()
    if json_wanted:
        print(json.dumps(_as_json(found, campaign, mended=not check), ensure_ascii=False))
    else:
        _print(found, mended=not check)
    if found and check:
        sys.exit(1)


def _expect(campaign: str | None, installation: Installation, store: Store) -> None:
    """Refuse a campaign that is neither on the disk nor counted: its name is mistyped."""
    if campaign is None or installation.campaigns.get(campaign):
        return
    with store.read() as connection:
        if not any(read(connection, campaign=campaign).totals.values()):
            raise NotFoundError(f"There is no campaign {campaign!r}, and nothing of it is stored.")


def _as_json(
    found: tuple[Difference, ...], campaign: str | None, *, mended: bool
) -> dict[str, Any]:
    return {
        "campaign": campaign,
        "mended": mended,
        "differences": [
            {
                "campaign": each.key.campaign,
                "partner": each.key.partner or None,
                "day": each.key.day.isoformat(),
                "kind": each.key.kind,
                "source": each.key.source or None,
                "tallied": each.tallied,
                "counted": each.counted,
            }
            for each in found
        ],
    }


def _print(found: tuple[Difference, ...], *, mended: bool) -> None:
    console = Console(markup=False, highlight=False, soft_wrap=True)
    for each in found:
        partner = each.key.partner or "(unattributed)"
        label = f" through {each.key.source}" if each.key.source else ""
        console.print(
            f"{each.key.campaign}, {partner}{label}, {each.key.day}: "
            f"{each.key.kind} said {each.tallied:,}, the rows say {each.counted:,}."
        )
    console.print(_sum(len(found), mended=mended))


def _sum(differing: int, *, mended: bool) -> str:
    if not differing:
        return "Every number equals a recount of its rows."
    numbers = "1 number differs" if differing == 1 else f"{differing:,} numbers differ"
    return f"{numbers}: {'mended.' if mended else '`threesteps recount` mends that.'}"
