"""``threesteps find`` with an address, and a real server in the geocoder's place."""

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from tests.geocoder_server import GeocoderServer, geocoder_server, match, matches, reply, sample
from widget_server.cli.find import find

ADDRESS = "1 Example Ave, Austin TX 78701"


@pytest.fixture
def upstream() -> Iterator[GeocoderServer]:
    with geocoder_server() as server:
        yield server


def run(upstream: GeocoderServer, *arguments: str) -> Result:
    environment = {
        "THREESTEPS_NOW": "2026-11-22T15:00:00Z",
        "THREESTEPS_GEOCODER_URL": upstream.origin,
    }
    return CliRunner().invoke(find, arguments, env=environment)


def test_an_address_is_answered(upstream: GeocoderServer) -> None:
    result = run(upstream, ADDRESS)
    assert result.exit_code == 0
    assert "1 Example Ave, Austin TX 78701 is in Texas's 37th." in result.output
    assert "Lloyd Doggett" in result.output


def test_its_json_is_the_contract(upstream: GeocoderServer) -> None:
    body = json.loads(run(upstream, ADDRESS, "--json").output)
    assert (body["status"], body["query"], body["districts"]) == ("found", ADDRESS, ["TX-37"])


def test_two_districts_ask(upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(matches(match("4837"), match("4810")))
    result = run(upstream, ADDRESS)
    assert result.exit_code == 0
    assert "may lie in Texas's 37th; Texas's 10th. Which is yours?" in " ".join(
        result.output.split()
    )


def test_an_outage_exits_with_3_and_shows_what_the_zip_says(upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(b"", "503 Busy")
    result = run(upstream, ADDRESS)
    assert result.exit_code == 3
    assert "The geocoder does not answer" in result.output
    assert "The ZIP alone is in Texas's 37th." in result.output


def test_an_outage_without_a_zip_names_nobody(upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(b"", "503 Busy")
    result = run(upstream, "1 Example Ave, Austin TX")
    assert (result.exit_code, "Doggett" in result.output) == (3, False)


def test_no_match_is_an_answer(upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(sample("no-match"))
    result = run(upstream, ADDRESS)
    assert (result.exit_code, "No place matches" in result.output) == (0, True)


def test_a_bad_address_exits_with_2(upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(sample("no-street"), "400 Bad Request")
    assert run(upstream, "Example Ave, Austin TX").exit_code == 2


@pytest.mark.parametrize("typed", ["94110", "2139", "94110-12"])
def test_a_zip_is_sent_to_nobody(upstream: GeocoderServer, typed: str) -> None:
    run(upstream, typed)
    assert upstream.requests == []
