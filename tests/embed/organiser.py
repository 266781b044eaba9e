"""What an organiser types while the service runs: ``partner add`` and ``counts``, as JSON."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from click.testing import CliRunner

from tests.patience import becomes
from tests.serving import Served
from widget_server.cli import main


@dataclass(frozen=True)
class Partner:
    """What ``partner add`` printed, as far as tests need it."""

    slug: str
    token: str


@dataclass(frozen=True)
class Organiser:
    """Runs commands on the data of a running service, in this process: that is quick."""

    served: Served
    added: list[Partner] = field(default_factory=list)

    def run(self, *arguments: str) -> Any:
        """What a command prints with ``--json``, parsed."""
        environment = dict(self.served.environment)
        done = CliRunner().invoke(main, [*arguments, "--json"], env=environment)
        assert done.exit_code == 0, done.output
        return json.loads(done.stdout)

    def add_partner(self, site: str) -> Partner:
        """Another partner with this site."""
        printed = self.run("partner", "add", "Harbor Voices", "--site", site)
        self.added.append(Partner(printed["partner"], printed["token"]))
        return self.added[-1]

    def found(self) -> dict[str, int]:
        """How many visits of each added partner got an answer."""
        totals = {row["partner"]: row["totals"] for row in self.run("counts")}
        return {partner.slug: totals[partner.slug]["found"] for partner in self.added}

    def found_once(self, expected: Mapping[str, int]) -> dict[str, int]:
        """The same once it is as expected, or as it is when that takes too long."""
        becomes(lambda: self.found() == expected)
        return self.found()
