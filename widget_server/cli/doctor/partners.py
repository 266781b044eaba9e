"""What ``threesteps doctor`` finds about partners, and about what waits for somebody to look."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from ...model import Partner
from ...store import exports, tallies
from .finding import Finding

#: Somebody downloaded the file, and has had time to put it in a safe place.
OUTSTANDING = timedelta(days=7)


def partner_findings(found: Sequence[Partner]) -> Iterator[Finding]:
    """Nobody who shows the widget, or one who cannot."""
    if not found:
        yield Finding(
            "no-partner",
            "missing",
            "There is no partner yet, so nobody has a snippet to paste.",
            'threesteps partner add "Harbor Voices" --site https://harborvoices.example',
        )
    for partner in found:
        if not partner.sites:
            yield Finding(
                "partner-without-sites",
                "missing",
                f"The partner {partner.slug!r} has no sites: browsers show the widget nowhere.",
                "add the site's address in the console, under Partners.",
            )


def waiting_findings(connection: Connection, now: datetime) -> Iterator[Finding]:
    """Submissions and exports on which somebody has to decide."""
    for campaign, n in tallies.held(connection).items():
        yield Finding(
            "held-submissions",
            "missing",
            f"Submissions to {campaign!r} that wait until somebody looks: {n:,}.",
            f"threesteps review {campaign}",
        )
    for export in exports.outstanding(connection):
        if now - export.at > OUTSTANDING:
            yield Finding(
                "unacknowledged-export",
                "missing",
                f"The export {export.id} of {export.campaign!r} is of {export.at:%Y-%m-%d}, and "
                "nobody has said that its file is safe: until then nothing of it is deleted here.",
                f"threesteps export {export.campaign} --acknowledge {export.id}",
            )
