"""DearMEP, which helps people call their members of the European Parliament, as loads.

It runs as its manual says: its example configuration, its migrations, its importer, and
``dearmep serve``. Only its limits are raised, its secrets set, and its log made quiet. There is
one country with three members: less work than a real one brings, and as many people as a find
of ours names.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.serving import free_port

from .peer import environment, run, running
from .wrk import Load

VERSION = "4.0.0"
GROUP = {
    "_dearmep_type": "group",
    "id": "G",
    "type": "parl_group",
    "short_name": "EPP",
    "long_name": "European People's Party",
}


@dataclass(frozen=True, slots=True)
class DearMEP:
    """What its widget asks for first, with all its words; and who sits for a country."""

    page: Load
    lookup: Load


@contextmanager
def dearmep() -> Iterator[DearMEP]:
    """A running one. Raises PeerError."""
    program = environment("dearmep", f"dearmep=={VERSION}") / "dearmep"
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        _prepare(program, folder)
        api = f"http://127.0.0.1:{port}/api/v1"
        page = f"{api}/frontend-setup?frontend_strings=true"
        command = [str(program), "serve", "--port", str(port), "--log-level", "warning"]
        with running(command, folder, page):
            yield DearMEP(Load(page), Load(f"{api}/destinations/country/DE"))


def _prepare(program: Path, folder: Path) -> None:
    example = run([program, "dump", "example-config"], folder)
    unlimited = re.sub(r"(_limit): .*", r"\1: 1000000 per second", example)
    secret = re.sub(r"(pepper|key): CHANGE .*", r"\1: a-secret-of-the-benchmark", unlimited)
    (folder / "config.yaml").write_text(secret)
    (folder / "people.json").write_text("\n".join(map(json.dumps, _people())))
    run([program, "alembic", "upgrade", "head"], folder)
    run([program, "import", "destinations", "people.json"], folder)


def _people() -> Iterator[Mapping[str, object]]:
    """Three members in the format of its importer."""
    yield {"_dearmep_stream": 1}
    yield GROUP
    for number in range(3):
        yield {
            "_dearmep_type": "destination",
            "id": str(number),
            "name": f"Jakob {number} MIERSCHEID",
            "sort_name": f"MIERSCHEID Jakob {number}",
            "country": "DE",
            "groups": ["G"],
            "contacts": [{"type": "phone", "group": "brussels", "contact": f"+322284000{number}"}],
        }
