"""Find by address, through the whole service and a real server in the geocoder's place."""

import logging
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from tests.geocoder_faults import FAULTS, NO_SUCH_SEAT
from tests.geocoder_server import (
    Behaviour,
    GeocoderServer,
    geocoder_server,
    match,
    matches,
    reply,
    sample,
)
from tests.web.conftest import Widget
from widget_server.settings import Settings
from widget_server.web.geocoding import Geocoder, new_client
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

NOON = datetime(2027, 1, 3, 17, tzinfo=UTC)
HOME = {"street": "1 Example Ave", "city": "Austin", "state": "TX", "zip": "78701"}
SHORT_SECONDS = 0.2
WRONG = {**FAULTS, **NO_SUCH_SEAT}


@pytest.fixture
def upstream() -> Iterator[GeocoderServer]:
    with geocoder_server() as server:
        yield server


@pytest.fixture
def settings(settings: Settings, upstream: GeocoderServer) -> Settings:
    return replace(settings, geocoder_url=upstream.origin)


@pytest.fixture
async def service(service: Service) -> AsyncIterator[Service]:
    """The service, with less patience than it has."""
    async with new_client() as http:
        service.geocoder = Geocoder(
            service.settings.geocoder_url, http, timeout_seconds=SHORT_SECONDS
        )
        yield service


async def find(widget: Widget, **fields: str) -> Any:
    answer = await widget.post("find", **fields)
    assert answer.status_code == 200, answer.text
    return answer.json()


def names(answer: Any) -> set[str]:
    return {person["name"] for person in answer["legislators"]}


async def test_an_address_names_its_people_and_their_messages(
    widget: Widget, service: Service
) -> None:
    answer = await find(widget, **HOME)
    assert (answer["status"], answer["districts"]) == ("found", ["TX-37"])
    assert names(answer) == {"Lloyd Doggett", "Ted Cruz", "John Cornyn"}
    assert all(person["tweets"] for person in answer["legislators"])
    assert answer["query"] == "1 Example Ave, Austin, TX, 78701"
    visit = service.tokens.read_visit(answer["visit"])
    assert (visit.state, visit.district) == ("TX", "TX-37")


async def test_an_address_beats_its_zip(widget: Widget) -> None:
    answer = await find(widget, street="1 Example Ave", zip="78840")
    assert (answer["status"], answer["districts"]) == ("found", ["TX-37"])


async def test_an_address_settles_a_split_zip(widget: Widget, upstream: GeocoderServer) -> None:
    assert (await find(widget, zip="43215"))["status"] == "choose"
    upstream.behaviour = reply(matches(match("3915", postal="OH")))
    answer = await find(widget, street="1 Main St", zip="43215")
    assert (answer["status"], answer["districts"]) == ("found", ["OH-15"])


async def test_places_in_two_districts_ask_and_can_be_chosen(
    widget: Widget, upstream: GeocoderServer, service: Service
) -> None:
    upstream.behaviour = reply(matches(match("4837"), match("4810")))
    asked = await find(widget, **HOME)
    assert (asked["status"], asked["districts"]) == ("choose", ["TX-37", "TX-10"])
    assert names(asked) >= {"Lloyd Doggett", "Michael T. McCaul", "Ted Cruz"}
    chosen = await find(widget, **HOME, district="TX-10", visit=asked["visit"])
    assert (chosen["status"], chosen["districts"], chosen["chosen"]) == ("found", ["TX-10"], True)
    assert service.tokens.read_visit(chosen["visit"]).district == "TX-10"
    assert len(upstream.requests) == 1


async def test_a_choice_that_no_match_offered_is_not_believed(
    widget: Widget, upstream: GeocoderServer
) -> None:
    upstream.behaviour = reply(matches(match("4837"), match("4810")))
    assert (await find(widget, **HOME, district="TX-1"))["status"] == "choose"


async def test_a_match_in_another_state_than_was_typed_asks(
    widget: Widget, upstream: GeocoderServer
) -> None:
    upstream.behaviour = reply(matches(match("3800", postal="ND")))
    answer = await find(widget, street="1 Main St", city="Lemmon", state="SD", zip="57638")
    assert (answer["status"], answer["districts"]) == ("choose", ["ND-0", "SD-0"])
    assert answer["state"] is None
    assert {person["role"] for person in answer["legislators"]} == {"representative"}


async def test_a_typed_state_of_many_districts_names_none_of_them(widget: Widget) -> None:
    answer = await find(widget, **{**HOME, "state": "California"})
    assert (answer["status"], answer["districts"]) == ("choose", ["TX-37"])
    assert names(answer) == {"Lloyd Doggett"}


@pytest.mark.parametrize(
    "typed",
    [
        {"street": "1100 Congress Ave", "zip": "94110"},
        {"street": "1100 Congress Ave", "city": "Austin", "state": "Californa", "zip": "94110"},
        {"street": "1100 Congress Ave 94110"},
    ],
)
async def test_without_a_state_a_match_in_none_of_the_zips_asks(
    widget: Widget, typed: dict[str, str]
) -> None:
    answer = await find(widget, **typed)
    assert (answer["status"], answer["districts"]) == ("choose", ["TX-37", "CA-11"])
    assert names(answer) == {"Lloyd Doggett", "Nancy Pelosi"}


@pytest.mark.parametrize("code", ["78840", "09012", "99999", ""])
async def test_a_zip_of_the_same_state_or_of_none_leaves_the_match_alone(
    widget: Widget, code: str
) -> None:
    answer = await find(widget, street="1100 Congress Ave", zip=code)
    assert (answer["status"], answer["districts"]) == ("found", ["TX-37"])


async def test_a_post_office_across_the_border_asks(
    widget: Widget, upstream: GeocoderServer
) -> None:
    upstream.behaviour = reply(matches(match("3800", postal="SD")))
    answer = await find(widget, street="1 Main St", zip="57638")
    assert (answer["status"], answer["districts"]) == ("choose", ["ND-0", "SD-0"])


async def test_no_match_is_an_answer(widget: Widget, upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(sample("no-match"))
    answer = await find(widget, **HOME)
    assert (answer["status"], answer["reason"]) == ("none", "no_match")
    assert answer["legislators"] == []


async def test_water_is_no_match(widget: Widget, upstream: GeocoderServer) -> None:
    upstream.behaviour = reply(matches(match("26ZZ", postal="MI")))
    assert (await find(widget, street="1 Pier Rd"))["reason"] == "no_match"


async def test_a_street_without_a_number_is_a_bad_address(
    widget: Widget, upstream: GeocoderServer
) -> None:
    upstream.behaviour = reply(sample("no-street"), "400 Bad Request")
    answer = await find(widget, **HOME)
    assert (answer["status"], answer["reason"]) == ("none", "bad_address")


@pytest.mark.parametrize("street", ["x" * 5000, "\x00\x01", "1 Main St " * 100])
async def test_what_is_no_address_is_a_bad_one(
    widget: Widget, upstream: GeocoderServer, street: str
) -> None:
    assert (await find(widget, street=street))["reason"] == "bad_address"
    assert upstream.requests == []


@pytest.mark.parametrize("fault", WRONG)
async def test_an_outage_is_said_with_the_zips_own_people(
    widget: Widget, upstream: GeocoderServer, fault: str, service: Service
) -> None:
    upstream.behaviour = WRONG[fault]
    begin = time.monotonic()
    answer = await find(widget, street="1 Main St", zip="14850")
    assert time.monotonic() - begin < 2 * SHORT_SECONDS + 4
    assert (answer["status"], answer["zip_status"]) == ("unavailable", "found")
    assert answer["districts"] == ["NY-19"]
    assert names(answer) == names(await find(widget, zip="14850"))
    assert service.tokens.read_visit(answer["visit"]).district == "NY-19"


@pytest.mark.parametrize(
    ("code", "zip_status", "districts"),
    [
        ("", None, []),
        ("2139", "none", []),
        ("99999", "none", []),
        ("00501", "partial", []),
        ("43215", "choose", ["OH-3", "OH-15"]),
        ("57638", "choose", ["ND-0", "SD-0"]),
        ("78840", "found", ["TX-23"]),
    ],
)
async def test_an_outage_keeps_how_sure_the_zip_is(
    widget: Widget,
    upstream: GeocoderServer,
    code: str,
    zip_status: str | None,
    districts: list[str],
) -> None:
    upstream.behaviour = reply(b"", "503 Busy")
    answer = await find(widget, street="1 Main St", zip=code)
    assert answer["status"] == "unavailable"
    assert (answer["zip_status"], answer["districts"]) == (zip_status, districts)
    assert "reason" not in answer
    alone = await find(widget, zip=code) if code else {"vacancies": [], "legislators": []}
    assert (answer["vacancies"], names(answer)) == (alone["vacancies"], names(alone))


async def test_in_an_outage_a_candidate_can_be_chosen(
    widget: Widget, upstream: GeocoderServer
) -> None:
    upstream.behaviour = reply(b"", "503 Busy")
    answer = await find(widget, street="1 Main St", zip="43215", district="OH-3")
    assert (answer["status"], answer["chosen"], answer["districts"]) == ("found", True, ["OH-3"])


@pytest.mark.parametrize("behaviour", [FAULTS["silent"], FAULTS["503"]])
async def test_once_the_breaker_is_open_the_zip_answers_at_once(
    widget: Widget, upstream: GeocoderServer, client: httpx.AsyncClient, behaviour: Behaviour
) -> None:
    upstream.behaviour = behaviour
    for _ in range(2):
        await find(widget, **HOME)
    asked = len(upstream.requests)
    begin = time.monotonic()
    for _ in range(20):
        assert (await find(widget, **HOME))["zip_status"] == "found"
    assert time.monotonic() - begin < 3
    assert len(upstream.requests) == asked
    ready = await client.get("/readyz")
    assert (ready.status_code, len(ready.json()["warnings"])) == (200, 1)
    assert "geocoder" in ready.json()["warnings"][0]
    assert "threesteps_geocoder_out 1.0" in (await client.get("/metrics")).text


async def test_a_geocoder_that_answers_is_no_warning(
    widget: Widget, client: httpx.AsyncClient, service: Service
) -> None:
    await find(widget, **HOME)
    assert (await client.get("/readyz")).json()["warnings"] == []


async def test_a_street_alone_may_be_the_whole_address(
    widget: Widget, upstream: GeocoderServer
) -> None:
    upstream.behaviour = reply(b"", "503 Busy")
    answer = await find(widget, street="1 Example Ave, Austin TX 78701")
    assert (answer["zip_status"], answer["districts"]) == ("found", ["TX-37"])


@pytest.mark.parametrize("fields", [{}, {"city": "Austin", "state": "TX"}, {"street": "  "}])
async def test_without_street_and_zip_nothing_was_asked(
    widget: Widget, fields: dict[str, str]
) -> None:
    answer = await widget.post("find", **fields)
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "zip")


async def test_after_noon_new_lines_are_found_and_their_holders_unsettled(
    widget: Widget, service: Service, upstream: GeocoderServer
) -> None:
    service.settings = replace(service.settings, now=NOON)
    upstream.behaviour = reply(sample("next-congress"))
    answer = await find(widget, **HOME)
    assert (answer["status"], answer["districts"]) == ("found", ["TX-10"])
    assert answer["unsettled"] == ["TX-10", "TX-SEN"]
    assert names(answer) == {"Ted Cruz"}
    assert upstream.asked["layers"] == "120th Congressional Districts"


async def test_after_noon_two_new_districts_ask_without_former_members(
    widget: Widget, service: Service, upstream: GeocoderServer
) -> None:
    service.settings = replace(service.settings, now=NOON)
    new = {"120th Congressional Districts": [{"STATE": "48", "CDSESSN": "120"}]}
    found = [
        {"geographies": {name: [{**area[0], "GEOID": geoid}]}}
        for geoid in ("4810", "4837")
        for name, area in new.items()
    ]
    upstream.behaviour = reply(matches(*found))
    answer = await find(widget, **HOME)
    assert (answer["status"], answer["districts"]) == ("choose", ["TX-10", "TX-37"])
    assert names(answer) == {"Ted Cruz"}


async def test_an_act_is_for_the_people_of_the_address_not_of_the_zip(widget: Widget) -> None:
    answer = await find(widget, street="1 Example Ave", zip="79901")
    person = answer["legislators"][0]["id"]
    acted = await widget.post(
        "act", visit=answer["visit"], kind="tweet", legislator=person, zip="79901"
    )
    assert acted.status_code == 204


async def test_a_page_without_scripts_stays_with_the_address(
    client: httpx.AsyncClient, token: str, service: Service, widget: Widget
) -> None:
    answer = await find(widget, street="1 Example Ave", zip="79901")
    fields = {"visit": answer["visit"], "zip": "79901", "anonymous": "yes"}
    page = await client.post(f"/w/{token}/submit", data=fields)
    assert page.status_code == 201
    assert "Lloyd Doggett" in page.text
    assert "Veronica Escobar" not in page.text


@pytest.mark.parametrize("body", ["found", "no-match", "layer-error"])
@pytest.mark.parametrize("headers", [{}, {"Threesteps-Fragment": "1"}])
async def test_every_status_is_a_page_and_a_fragment(
    client: httpx.AsyncClient,
    token: str,
    upstream: GeocoderServer,
    service: Service,
    body: str,
    headers: dict[str, str],
) -> None:
    upstream.behaviour = reply(sample(body))
    for code in ("", "78701", "43215", "00501", "99999"):
        page = await client.post(
            f"/w/{token}/find", data={"street": "1 Main St", "zip": code}, headers=headers
        )
        assert page.status_code == 200


async def test_the_public_api_takes_no_address(
    client: httpx.AsyncClient, upstream: GeocoderServer
) -> None:
    url = "/api/v1/legislators"
    answer = await client.get(url, params={**HOME, "zip": "43215", "district": "OH-3"})
    assert (answer.json()["districts"], answer.json()["query"]) == (["OH-3"], "43215")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert (await client.get(url, params={"street": HOME["street"]})).status_code == 422
    assert upstream.requests == []


async def test_no_address_is_logged_or_stored(
    widget: Widget, service: Service, caplog: pytest.LogCaptureFixture, upstream: GeocoderServer
) -> None:
    with caplog.at_level(logging.DEBUG):
        answer = await find(widget, street="777 Canary Ln", city="Austin", state="TX")
        await widget.post("submit", visit=answer["visit"], anonymous="yes")
        upstream.behaviour = reply(b"", "503 Busy")
        await find(widget, street="778 Canary Ln", city="Austin", state="TX")
    assert "Canary" not in caplog.text
    service.store.write(service.store.pending.take().write).result()
    files = [path for path in service.settings.home.rglob("*") if path.is_file()]
    assert files
    assert not [path for path in files if b"canary" in path.read_bytes().lower()]
