"""A publisher of facts who is an enemy: people whose names want to run, on everything shown."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest

from tests.web.hostile.pages import read
from tests.web.hostile.payloads import PAYLOADS
from widget_server.find.roster import Roster
from widget_server.find.seats import Seat
from widget_server.find.tables import read_tables
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

ZIP = "82001"
STATE = "WY"
OFFICE = "office@example.gov"
MAIL = ("mailto:office", "https://mail.google.com", "https://outlook.live.com")
SUBJECT = re.compile(r'<input name="subject" lang="en" value="([^"]*)"')
BODY = re.compile(r'<textarea name="body" lang="en" rows="12">([^<]*)</textarea>')
#: In the short form, one of so many.
STEP = 10
TABLES = read_tables()


def renamed(seat: Seat, name: str) -> Seat:
    """The seat held by somebody of this name and of a party of this name."""
    if seat.holder is None or seat.state != STATE:
        return seat
    holder = replace(seat.holder, name=name, last_name=name, party=name, caucus=name)
    return replace(seat, holder=replace(holder, email=OFFICE))


@pytest.mark.soak
@pytest.mark.parametrize("shape", ["page", "fragment"])
async def test_no_name_runs(
    client: httpx.AsyncClient, service: Service, token: str, shape: str, soaking: bool
) -> None:
    headers = {"Threesteps-Fragment": "1"} if shape == "fragment" else {}
    for payload in filter(str.strip, PAYLOADS if soaking else PAYLOADS[::STEP]):
        seats = tuple(renamed(seat, payload) for seat in TABLES.seats)
        service.roster = Roster(replace(TABLES, seats=seats))
        answer = await client.post(f"/w/{token}/find", data={"zip": ZIP}, headers=headers)
        assert answer.status_code == 200
        found = read(answer.text)
        assert found.faults == [], payload
        assert len(found.scripts) == (shape == "page"), payload
        assert set(letters_to(found.links)) <= set(written(answer.text)), payload


def letters_to(links: list[str]) -> Iterator[tuple[str, str]]:
    """Subject and body that each link into a mail program fills in, and nothing beside these."""
    mail = [urlsplit(each) for each in links if each.startswith(MAIL)]
    assert mail
    for link in mail:
        filled = dict(parse_qsl(link.query, strict_parsing=True))
        to = filled.pop("to", link.path)
        assert (to, filled.pop("view", "cm")) == (OFFICE, "cm")
        subject, body = filled.pop("su", "") or filled.pop("subject"), filled.pop("body")
        assert filled == {}
        yield subject, body


def written(html: str) -> Iterator[tuple[str, str]]:
    """Subject and body as the page shows them, for each legislator."""
    subjects, bodies = SUBJECT.findall(html), BODY.findall(html)
    yield from zip(map(unescape, subjects), map(unescape, bodies), strict=True)
