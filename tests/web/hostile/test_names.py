"""A publisher of facts who is an enemy: people whose names want to run, on everything shown."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

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
#: In the short form, one of so many.
STEP = 10
TABLES = read_tables()


def renamed(seat: Seat, name: str) -> Seat:
    """The seat held by somebody of this name and of a party of this name."""
    if seat.holder is None or seat.state != STATE:
        return seat
    holder = replace(seat.holder, name=name, last_name=name, party=name, caucus=name)
    return replace(seat, holder=replace(holder, email="office@example.gov"))


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
        assert set(mail_fields(found.links)) <= {"subject", "body", "view", "to", "su"}, payload


def mail_fields(links: list[str]) -> list[str]:
    """What the links into mail programs fill in: a name adds no field, such as another ``to``."""
    mail = [each for each in links if each.startswith(("mailto:", "https://mail.google.com"))]
    assert mail
    return [field for each in mail for field in parse_qs(urlsplit(each).query, strict_parsing=True)]
