"""A petition of a state's residents to their governor: nobody is looked up, signing is consent."""

import re
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.sealing import opened_row
from tests.web.conftest import Widget
from widget_server.app import create_app
from widget_server.keys import Keyring, add_public_key
from widget_server.model import Embed, Partner
from widget_server.report import counts
from widget_server.seal import KeyPair, generate_key_pair
from widget_server.settings import Settings
from widget_server.store import schema
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

GOVERNOR = {
    "id": "governor",
    "role": "official",
    "name": "Robin Ashgrove",
    "state": "",
    "district": None,
    "party": "",
    "phone": "202-555-0143",
    "website": "https://governor.franklin.example",
    "contact_form": None,
    "x": None,
}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return replace(settings, default_campaign="school-taps")


@pytest.fixture
def key_pair(settings: Settings) -> KeyPair:
    Keyring.open(settings.keys)
    pair = generate_key_pair()
    add_public_key(settings.keys, "school-taps", pair.public)
    return pair


@pytest.fixture
def token(service: Service, partner: Partner) -> str:
    return service.tokens.embed(Embed("school-taps", partner.slug, partner.generation))


async def page_of(client: httpx.AsyncClient, token: str, step: str, **fields: str) -> str:
    return (await client.post(f"/w/{token}/{step}", data=fields)).text


async def test_the_first_view_asks_whether_one_lives_there(
    client: httpx.AsyncClient, token: str
) -> None:
    page = (await client.get(f"/w/{token}")).text
    assert "Do you live in Franklin?" in page
    assert "Not in Franklin?" in page
    assert 'name="zip"' not in page
    assert "您住在富蘭克林州嗎？" in (await client.get(f"/w/{token}?lang=zh-Hant")).text


async def test_find_names_the_targets_to_everybody(widget: Widget) -> None:
    answer = (await widget.post("find")).json()
    assert (answer["status"], answer["districts"], answer["query"]) == ("found", [], "")
    assert answer["as_of"] == "2026-11-01"
    (person,) = answer["legislators"]
    tweets, letters = person.pop("tweets"), person.pop("emails")
    assert person == GOVERNOR
    assert all("Gov. Robin Ashgrove" in tweet and "Franklin" in tweet for tweet in tweets[:1])
    assert letters[0]["body"].startswith("Dear Governor Ashgrove,\n\n")
    assert letters[0]["body"].endswith("\n\nSincerely,\nA resident of Franklin")


async def test_only_a_target_can_be_acted_on(widget: Widget, service: Service) -> None:
    visit = (await widget.post("find")).json()["visit"]
    taken = await widget.post("act", visit=visit, kind="email", legislator="governor")
    refused = await widget.post("act", visit=visit, kind="email", legislator="P000197")
    assert (taken.status_code, refused.status_code) == (204, 422)
    service.store.write(service.store.pending.take().write).result()
    with service.store.read() as rows:
        totals = counts.read(rows).totals
    assert (totals["found"], totals["acted"], totals["email"]) == (1, 1, 1)


async def test_a_signature_is_kept_without_a_tick(
    widget: Widget, service: Service, key_pair: KeyPair
) -> None:
    visit = (await widget.post("find")).json()["visit"]
    answer = await widget.post("submit", visit=visit, email="ana@example.org", name="Ana")
    assert answer.status_code == 201
    with service.store.read() as rows:
        row = rows.execute(schema.submissions.select()).one()
        sealed = opened_row(rows, row, key_pair)
    assert (sealed["email"], sealed["name"], sealed["updates"]) == ("ana@example.org", "Ana", "no")
    assert row.consent == "2026-11-22"


async def test_the_form_says_that_signing_is_the_consent_before_the_button(
    client: httpx.AsyncClient, token: str
) -> None:
    page = await page_of(client, token, "find")
    consent = page.index("Signing is your consent: Example Parents of Franklin keeps")
    assert page.index('name="updates"') < consent < page.index('<button class="go">Sign<')
    assert "Unless you tick the box" not in page


async def test_the_letter_opens_in_a_mail_program_and_on_the_web(
    client: httpx.AsyncClient, token: str
) -> None:
    page = await page_of(client, token, "find")
    mailto, gmail, outlook = (
        urlsplit(unescape(url)) for url in re.findall(r'href="([^"]+)" data-subject', page)
    )
    assert (mailto.scheme, mailto.path) == ("mailto", "governor@franklin.example")
    assert parse_qs(gmail.query)["to"] == ["governor@franklin.example"]
    assert parse_qs(outlook.query)["to"] == ["governor@franklin.example"]
    letter = parse_qs(mailto.query)["body"][0]
    assert letter.startswith("Dear Governor Ashgrove,")
    assert parse_qs(gmail.query)["body"] == parse_qs(outlook.query)["body"] == [letter]
    assert 'href="tel:+1-202-555-0143"' in page
    assert 'href="https://governor.franklin.example"' in page


async def test_without_scripts_the_whole_journey_is_pages(
    client: httpx.AsyncClient, token: str
) -> None:
    page = await page_of(client, token, "find")
    assert "Governor · Franklin" in page
    visit = page.split('name="visit" value="')[1].split('"')[0]
    page = await page_of(client, token, "act", visit=visit, kind="tweet", legislator="governor")
    assert 'class="act done"' in page
    done = page.split('name="done" value="')[1].split('"')[0]
    assert done == "tweet:governor"
    page = await page_of(client, token, "submit", visit=visit, done=done, anonymous="yes")
    assert "Thank you! Your signature has been received!" in page
    assert "of 1 office." in page


async def test_a_wrong_email_comes_back_with_the_form(
    client: httpx.AsyncClient, widget: Widget, token: str
) -> None:
    visit = (await widget.post("find")).json()["visit"]
    page = await page_of(client, token, "submit", visit=visit, email="ana at example")
    assert "Please enter an email address" in page
    assert 'value="ana at example"' in page
    assert "Robin Ashgrove" in page


async def test_no_partner_meets_the_example_by_chance(settings: Settings) -> None:
    ordinary = create_app(replace(settings, default_campaign="hketo", home=settings.home / "other"))
    service: Service = ordinary.state.service
    service.store.close()
    assert [campaign.slug for campaign in service.campaigns.all()] == ["hketo"]
