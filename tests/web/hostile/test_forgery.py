"""Tokens in the hands of who would abuse them, at the addresses where they are taken."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import httpx
import pytest
from sqlalchemy import func, select

from tests.web.conftest import NOW, SITE, Widget, add_partner, token_of
from tests.web.hostile.conftest import filled
from widget_server.model import Embed, Partner
from widget_server.store import partners
from widget_server.store.schema import submissions
from widget_server.tokens import Grant
from widget_server.web.routes import ROUTES
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

REPLAYS = 100
MANY_REPLAYS = 1_000
SKEW = timedelta(minutes=10)


def rows(service: Service) -> int:
    """How many submissions are stored."""
    with service.store.read() as connection:
        return connection.execute(select(func.count()).select_from(submissions)).scalar_one()


def flips(token: str) -> list[str]:
    """The token with one bit of each of its bytes flipped, as far as a form can carry that."""
    spelt = token.encode()
    flipped = [
        bytes([*spelt[:place], spelt[place] ^ 1 << bit, *spelt[place + 1 :]])
        for place in range(len(spelt))
        for bit in range(7)
    ]
    return [each.decode() for each in flipped]


async def test_no_flipped_visit_is_taken(widget: Widget, service: Service) -> None:
    visit = (await widget.found())["visit"]
    for flipped in flips(visit)[::5]:
        answer = await widget.post("submit", visit=flipped, anonymous="yes")
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "bad_visit")
    assert rows(service) == 0


async def test_no_flipped_embed_token_counts_for_the_partner(service: Service, token: str) -> None:
    for flipped in flips(token):
        assert (await service.showing(flipped)).attributed is None


async def test_nothing_but_a_visit_is_taken_as_one(
    widget: Widget, service: Service, partner: Partner
) -> None:
    tokens, grant = service.tokens, Grant(partner.slug, 1)
    others = {
        "embed": widget.token,
        "link": tokens.link(grant),
        "session": tokens.session(grant),
        "api key": tokens.api_key(grant),
        "organiser's link": tokens.organiser_link(1),
        "organiser's session": tokens.organiser_session(1),
        "form": tokens.form("x"),
    }
    for other, spelt in others.items():
        answer = await widget.post("submit", visit=spelt, anonymous="yes")
        assert answer.json()["error"]["code"] == "bad_visit", other
    assert rows(service) == 0


@pytest.mark.soak
async def test_a_visit_that_is_replayed_is_stored_once(
    widget: Widget, service: Service, soaking: bool
) -> None:
    visit = (await widget.found())["visit"]
    references = set()
    for number in range(MANY_REPLAYS if soaking else REPLAYS):
        answer = await widget.post("submit", visit=visit, email=f"ana{number}@example.org")
        assert answer.status_code == (200 if number else 201)
        references.add(answer.json()["reference"])
    assert (rows(service), len(references)) == (1, 1)


@pytest.mark.parametrize("made", [-SKEW, SKEW])
@pytest.mark.parametrize("taken", [-SKEW, SKEW])
async def test_ten_minutes_between_clocks_refuse_nobody(
    widget: Widget, service: Service, made: timedelta, taken: timedelta
) -> None:
    service.settings = replace(service.settings, now=NOW + made)
    visits = [(await widget.found())["visit"] for _ in range(20)]
    service.settings = replace(service.settings, now=NOW + timedelta(hours=23, minutes=40) + taken)
    for visit in visits:
        answer = await widget.post("submit", visit=visit, anonymous="yes")
        assert answer.status_code == 201


async def test_a_visit_counts_where_it_was_made_and_nowhere_else(
    widget: Widget, service: Service, partner: Partner
) -> None:
    """Each visit at the address of each token; what is no known token is nobody's."""
    other = add_partner(service, "Other", "https://other.example")
    gone = add_partner(service, "Gone", "https://gone.example")
    addresses = {
        "own": widget.token,
        "other": token_of(service, other),
        "house": service.tokens.embed(Embed("hketo", None, 0)),
        "revoked": token_of(service, gone),
        "broken": widget.token[:-1],
    }
    service.store.write(lambda rows: partners.revoke(rows, gone.slug, everything=True)).result()
    service.refresh()
    for made, address in addresses.items():
        visit = (await Widget(widget.client, address).found())["visit"]
        for taken, elsewhere in addresses.items():
            answer = await Widget(widget.client, elsewhere).post("act", visit=visit, kind="share")
            nobodys = {"house", "revoked", "broken"}
            may = taken in {made, "revoked", "broken"} or {made, taken} <= nobodys
            assert (answer.status_code == 204) is may, (made, taken)


#: What a browser says of where a form comes from, and whether it is taken.
ORIGINS = {
    ("same-origin", "https://act.example.org"): True,
    ("same-origin", "null"): True,
    ("none", ""): True,
    ("", ""): True,
    ("cross-site", "null"): True,
    ("cross-site", "https://act.example.org"): True,
    ("cross-site", SITE): False,
    ("cross-site", "https://evil.example"): False,
    ("cross-site", "http://act.example.org.evil.example"): False,
    ("cross-site", "https://act.example.org:444"): False,
}


@pytest.mark.parametrize("step", ["find", "act", "submit", "shown"])
async def test_every_step_is_taken_from_the_widget_alone(
    widget: Widget, service: Service, step: str
) -> None:
    house = service.tokens.embed(Embed("hketo", None, 0))
    for token, ((site, origin), may) in product((widget.token, house, "broken"), ORIGINS.items()):
        visit = (await Widget(widget.client, token).found())["visit"]
        sent = {"visit": visit, "zip": "94110", "kind": "share", "anonymous": "yes"}
        headers = {"Sec-Fetch-Site": site, "Origin": origin, "Accept": "application/json"}
        said = {name: value for name, value in headers.items() if value}
        answer = await widget.client.post(f"/w/{token}/{step}", data=sent, headers=said)
        assert answer.is_success is may, (token, site, origin)
        assert may or answer.json()["error"]["code"] == "cross_site"


async def test_no_form_of_any_route_is_taken_from_another_site(
    signed_in: httpx.AsyncClient, token: str
) -> None:
    headers = {"Sec-Fetch-Site": "cross-site", "Origin": "https://evil.example"}
    posted = [route.path for route in ROUTES if "POST" in (route.methods or ())]
    for path in posted:
        address = filled(path, token=token, slug="harbor-voices")
        answer = await signed_in.post(address, data={"form": "x"}, headers=headers)
        assert answer.status_code == 403, path
    assert len(posted) > 15
