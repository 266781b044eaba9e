"""A running service, and a partner made on the spot; no address leaves this machine."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from tests import serving
from tests.geocoder_server import geocoder_server, match, matches, reply


@dataclass(frozen=True)
class Program:
    """What somebody who writes a program against the service is given."""

    origin: str
    token: str
    api_key: str


@pytest.fixture(scope="package")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """A partner of a service whose geocoder finds every address in the same place."""
    home = tmp_path_factory.mktemp("api")
    with geocoder_server(reply(matches(match()))) as geocoder:
        environment = {"THREESTEPS_GEOCODER_URL": geocoder.origin, "THREESTEPS_LIMITS": "off"}
        port = serving.free_port()
        with serving.serving(
            "demo", "--empty", port=port, home=home, environment=environment
        ) as served:
            added = ("partner", "add", "Harbor Voices", "--site", "harbor.example", "--json")
            given = json.loads(served.command(*added))
            yield Program(served.origin, given["token"], given["api_key"])
