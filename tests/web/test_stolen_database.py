"""What a thief of the database learns of a day on HKETO, with the server's keys and without."""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import select

from tests.web.conftest import Widget
from widget_server.store.schema import actions, metadata, submissions
from widget_server.store.visits import legislator_key
from widget_server.submit import blind_index
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

#: The homes of visitors, in four states, each in one district.
PLACES = ("94110", "82001", "05401", "99501")
VISITORS = 12
#: Nobody's secret, and the same for many.
SHARED = {"hketo", "harbor-voices", "", "counted", "tweet", date(2026, 11, 22), True, False, None}


@dataclass(frozen=True)
class Loot:
    """The rows of each table, and every text or number of bytes in them."""

    rows: dict[str, list[dict[str, Any]]]

    @property
    def values(self) -> set[Any]:
        return {value for rows in self.rows.values() for value in _values(rows)}


def _values(rows: list[dict[str, Any]]) -> Iterator[Any]:
    for row in rows:
        for value in row.values():
            if not isinstance(value, (list, dict)):
                yield value


@pytest.fixture
async def visits(service: Service, widget: Widget) -> dict[str, str]:
    """A day of visits: each wrote to one legislator and gave an address; by the visit's id."""
    written = {}
    for number in range(VISITORS):
        found = await widget.found(PLACES[number % len(PLACES)])
        token, whom = found["visit"], found["legislators"][0]["id"]
        act = await widget.post("act", visit=token, kind="tweet", legislator=whom)
        assert act.status_code == 204
        form = {"visit": token, "email": address(number), "updates": "yes"}
        assert (await widget.post("submit", **form)).status_code == 201
        written[service.tokens.read_visit(token).id] = whom
    service.store.close()  # what is pending is written
    return written


@pytest.fixture
def loot(service: Service, visits: dict[str, str]) -> Loot:
    with service.store.database.reading.connect() as connection:
        rows = {
            name: [dict(row) for row in connection.execute(select(table)).mappings()]
            for name, table in metadata.tables.items()
        }
    assert len(rows["actions"]) == len(rows["submissions"]) == len(visits) == VISITORS
    return Loot(rows)


def address(number: int) -> str:
    return f"visitor-{number}@secret.example"


async def test_no_row_of_acts_and_no_row_of_submissions_have_a_value_of_their_own_in_common(
    loot: Loot,
) -> None:
    acts, sent = (set(_values(loot.rows[name])) for name in (actions.name, submissions.name))
    assert acts & sent <= SHARED


async def test_no_legislator_can_be_told_from_an_act(
    service: Service, visits: dict[str, str], loot: Loot
) -> None:
    named = {row["legislator"] for row in loot.rows["actions"]}
    everybody = [person.id for person in service.roster.people(service.clock())]
    assert len(everybody) > 500
    texts = [value for value in loot.values if isinstance(value, str)]
    tried = {legislator_key("hketo", text, whom) for text in texts for whom in everybody}
    assert named.isdisjoint({*tried, *everybody})
    told = {legislator_key("hketo", visit, whom) for visit, whom in visits.items()}
    assert named == told  # only the visitor's own browser has the id that this takes


async def test_no_row_has_a_visits_id_a_place_or_a_language(
    visits: dict[str, str], loot: Loot
) -> None:
    assert loot.values.isdisjoint(visits)
    rows = loot.rows["submissions"]
    assert {(row["district"], row["language"]) for row in rows} == {(None, "")}


async def test_without_the_keys_no_address_can_be_tested(loot: Loot) -> None:
    known = {row["supporter"] for row in loot.rows["submissions"]}
    texts = [value for value in loot.values if isinstance(value, (str, bytes))]
    for text in (value.encode() if isinstance(value, str) else value for value in texts):
        guess = hmac.digest(text, f"hketo\0{address(0)}".encode(), "sha256")[:16]
        assert guess not in known
    assert sha256(address(0).encode()).digest()[:16] not in known


async def test_with_the_servers_keys_an_address_can_be_tested_and_nothing_is_opened(
    service: Service, loot: Loot
) -> None:
    known = {row["supporter"] for row in loot.rows["submissions"]}
    assert blind_index(address(0), "hketo", service.keyring) in known
    keys = [path.read_bytes() for path in service.keyring.folder.glob("*.keys")]
    sealed = [row["envelope"] for row in loot.rows["submissions"]]
    assert not [key for key in keys if b"PRIVATE" in key]
    assert not [envelope for envelope in sealed if b"secret.example" in envelope]
