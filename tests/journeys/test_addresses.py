"""A split ZIP code settled by a street, in a real browser, with scripts and without."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.geocoder_server import GeocoderServer, geocoder_server, match, matches, reply
from tests.serving import Served, serving


@pytest.fixture
def census() -> Iterator[GeocoderServer]:
    with geocoder_server(reply(matches(match("3903", postal="OH")))) as server:
        yield server


@pytest.fixture
def served(tmp_path: Path, free_port: int, census: GeocoderServer) -> Iterator[Served]:
    environment = {"THREESTEPS_GEOCODER_URL": census.origin}
    home = tmp_path / "home"
    with serving("demo", "--empty", port=free_port, home=home, environment=environment) as running:
        yield running


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def visitor(request: pytest.FixtureRequest, open_page: Callable[..., Page], served: Served) -> Page:
    """On the campaign's own page."""
    page = open_page(java_script_enabled=request.param)
    page.goto(f"{served.origin}/c/hketo")
    return page


def find(page: Page, place: str) -> None:
    page.get_by_label("Your ZIP code").fill(place)
    page.get_by_role("button", name="Find", exact=True).click()


def enter_street(page: Page, street: str) -> None:
    page.get_by_label("Street address").fill(street)
    page.get_by_role("button", name="Find my district").click()


def test_a_street_settles_a_split_zip(visitor: Page) -> None:
    find(visitor, "43215")
    expect(visitor.locator(".choose button")).to_have_count(2)
    expect(visitor.locator(".where")).to_contain_text("US Census Bureau")
    enter_street(visitor, "1 Capitol Sq")
    expect(visitor.get_by_role("heading", name="Your legislators")).to_be_visible()
    expect(visitor.locator(".card b").first).to_have_text("Joyce Beatty")


def test_nobody_is_asked_before_the_button_is_pressed(
    visitor: Page, census: GeocoderServer
) -> None:
    find(visitor, "43215")
    visitor.get_by_label("Street address").fill("1 Capitol Sq")
    visitor.wait_for_timeout(300)
    assert census.requests == []


def test_an_outage_offers_what_the_zip_says_and_keeps_the_street(
    visitor: Page, census: GeocoderServer
) -> None:
    census.behaviour = reply(b"<h1>Maintenance</h1>")
    find(visitor, "43215")
    enter_street(visitor, "1 Capitol Sq")
    heading = visitor.get_by_role("heading", name="cannot look up addresses")
    expect(heading).to_be_visible(timeout=15_000)
    expect(visitor.locator(".choose button")).to_have_count(2)
    expect(visitor.get_by_label("Street address")).to_have_value("1 Capitol Sq")


def test_an_address_that_does_not_exist_is_asked_for_again(
    visitor: Page, census: GeocoderServer
) -> None:
    census.behaviour = reply(matches())
    find(visitor, "43215")
    enter_street(visitor, "99999 Nowhere")
    expect(visitor.get_by_text("We could not find this address")).to_be_visible()
    expect(visitor.get_by_label("Street address")).to_have_value("99999 Nowhere")


def test_a_military_zip_asks_for_the_voting_address(visitor: Page) -> None:
    find(visitor, "09001")
    expect(visitor.get_by_text("your voting address in the US")).to_be_visible()
    expect(visitor.get_by_label("Street address")).to_be_visible()
