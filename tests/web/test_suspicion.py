"""Nobody honest notices anything; who does what people do not do has to work, or to wait."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, get_args

import pytest
from sqlalchemy import select

from tests.web.conftest import NOW, ORIGIN, Widget
from tests.web.test_proofs import solved
from widget_server.errors import LimitError
from widget_server.settings import Settings
from widget_server.store.schema import submissions
from widget_server.web.limits import (
    FLOOD,
    FLOOD_OF_A_VISIT,
    MOST_QUICK,
    MOST_SUBMISSIONS,
    Limited,
    Limits,
)
from widget_server.web.proofs import Proofs
from widget_server.web.service import Service
from widget_server.web.watch import Watch

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Walking(Settings):
    """Settings whose clock goes where the test puts it."""

    times: list[datetime] = field(default_factory=lambda: [NOW])

    def clock(self) -> datetime:
        return self.times[-1]


@pytest.fixture
def settings(tmp_path: Path) -> Walking:
    return Walking(home=tmp_path, keys=tmp_path / "keys", public_url=ORIGIN)


@pytest.fixture
def service(service: Service) -> Service:
    """With proofs that cost nothing, and in a period that does not end."""
    service.proofs = Proofs(service.keyring.signing, rounds=1)
    service.limits = Limits(service.settings, now=lambda: 0.0)
    service.watch = Watch(service.store, service.limits)
    return service


@dataclass
class Visitors:
    """One visitor after another, all from one address."""

    widget: Widget
    times: list[datetime]

    async def submit(
        self, *, seconds: float = 60, accept: str = "application/json", **fields: str
    ) -> Any:
        """Find, wait, and be counted."""
        found = await self.widget.found()
        self.times.append(self.times[-1] + timedelta(seconds=seconds))
        fields = {"anonymous": "yes", **fields, "visit": found["visit"]}
        answer = await self.widget.post("submit", accept, **fields)
        return answer, fields

    async def many(self) -> None:
        """As many as one address may send."""
        for _ in range(MOST_SUBMISSIONS):
            answer, _ = await self.submit()
            assert answer.status_code == 201


@pytest.fixture
def visitors(widget: Widget, service: Service, settings: Walking) -> Visitors:
    return Visitors(widget, settings.times)


def rows(service: Service) -> list[tuple[str, str]]:
    """The status and the signs of each row."""
    columns = (submissions.c.status, submissions.c.signs)
    with service.store.read() as connection:
        return [(row.status, row.signs) for row in connection.execute(select(*columns))]


async def test_a_visitor_leaves_no_sign(visitors: Visitors, service: Service) -> None:
    await visitors.submit()
    assert rows(service) == [("counted", "")]


async def test_many_from_one_address_have_to_show_work(visitors: Visitors) -> None:
    await visitors.many()
    asked, fields = await visitors.submit()
    assert asked.status_code == 428
    assert asked.json()["error"]["code"] == "proof_needed"
    proof = solved(asked.json()["challenge"])
    thanked = await visitors.widget.post("submit", **fields, proof=proof)
    assert thanked.status_code == 201


async def test_what_was_proven_is_counted_and_says_so(visitors: Visitors, service: Service) -> None:
    asked, fields = await visitors.submit(website="https://spam.example")
    proof = solved(asked.json()["challenge"])
    await visitors.widget.post("submit", **fields, proof=proof)
    assert rows(service) == [("counted", "trap")]


async def test_the_proof_of_another_visit_is_none(visitors: Visitors) -> None:
    asked, _ = await visitors.submit(website="https://spam.example")
    again, _ = await visitors.submit(
        website="https://spam.example", proof=solved(asked.json()["challenge"])
    )
    assert again.status_code == 428


@pytest.mark.parametrize(("accept", "proof"), [("text/html", ""), ("application/json", "none")])
async def test_without_scripts_a_suspicious_visitor_is_thanked_and_held(
    visitors: Visitors, service: Service, accept: str, proof: str
) -> None:
    answer, _ = await visitors.submit(accept=accept, website="spam", proof=proof)
    assert answer.status_code == 201
    assert rows(service) == [("held", "trap")]


async def test_a_mailbox_of_a_minute_is_suspicious(visitors: Visitors, service: Service) -> None:
    answer, _ = await visitors.submit(accept="text/html", anonymous="", email="ada@mailinator.com")
    assert answer.status_code == 201
    assert rows(service) == [("held", "disposable")]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, ("held", "elsewhere")),
        ({"Origin": "null"}, ("held", "elsewhere")),
        ({"Origin": "https://evil.example"}, ("held", "elsewhere")),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, ("counted", "")),
        ({"Sec-Fetch-Site": "same-origin", "Origin": ORIGIN}, ("counted", "")),
        ({"Origin": ORIGIN}, ("counted", "")),
        ({}, ("counted", "")),
    ],
)
async def test_what_may_be_another_sites_form_is_thanked_and_held(
    visitors: Visitors, service: Service, said: dict[str, str], expected: tuple[str, str]
) -> None:
    visitors.widget.client.headers.update(said)
    answer, _ = await visitors.submit(accept="text/html")
    assert answer.status_code == 201
    assert rows(service) == [expected]


async def test_one_quick_visitor_is_a_quick_visitor(visitors: Visitors, service: Service) -> None:
    answer, _ = await visitors.submit(seconds=1)
    assert answer.status_code == 201
    assert rows(service) == [("counted", "fast")]


async def test_many_quick_ones_are_a_script(visitors: Visitors) -> None:
    answers = [(await visitors.submit(seconds=1))[0] for _ in range(MOST_QUICK + 1)]
    assert [answer.status_code for answer in answers] == [201] * MOST_QUICK + [428]


async def test_what_an_address_sent_before_it_tripped_is_marked(
    visitors: Visitors, service: Service
) -> None:
    await visitors.many()
    await visitors.submit(accept="text/html")
    await service.watch.look()
    assert rows(service) == [("counted", "many")] * MOST_SUBMISSIONS + [("held", "many")]


async def test_who_is_counted_is_told_so_again_whatever_happened_since(
    visitors: Visitors,
) -> None:
    first, fields = await visitors.submit()
    answers = [(await visitors.submit())[0] for _ in range(MOST_SUBMISSIONS)]
    assert answers[-1].status_code == 428
    again = await visitors.widget.post("submit", **fields)
    assert (again.status_code, again.json()) == (200, first.json())


async def test_who_is_counted_is_told_so_again_after_a_restart(
    visitors: Visitors, service: Service
) -> None:
    first, fields = await visitors.submit()
    service.limits = Limits(service.settings, now=lambda: 0.0)
    await visitors.many()
    again = await visitors.widget.post("submit", **fields)
    assert (again.status_code, again.json()) == (200, first.json())


async def test_looking_at_pages_is_never_counted(visitors: Visitors, token: str) -> None:
    for _ in range(MOST_SUBMISSIONS * 3):
        await visitors.widget.client.get(f"/w/{token}")
    assert (await visitors.submit())[0].status_code == 201


async def test_a_flood_is_refused_with_the_time_to_wait(
    visitors: Visitors, service: Service
) -> None:
    addresses = service.limits.addresses
    name = service.limits.names.of("127.0.0.1")
    for _ in range(FLOOD["find"]):
        addresses.add(("find", name))
    answer = await visitors.widget.post("find", zip="94110")
    assert answer.status_code == 429
    assert answer.json()["error"]["code"] == "too_many"
    assert 0 < int(answer.headers["retry-after"]) <= 600


async def test_a_closed_campaign_asks_for_no_work(visitors: Visitors, settings: Walking) -> None:
    settings.times.append(NOW + timedelta(days=365))
    found = await visitors.widget.post("find", zip="94110")
    fields = {"anonymous": "yes", "website": "spam", "visit": found.json()["visit"]}
    assert (await visitors.widget.post("submit", **fields)).status_code == 410


async def test_limits_can_be_switched_off(visitors: Visitors, service: Service) -> None:
    service.limits.on = False
    answers = [await visitors.submit(seconds=0, website="x") for _ in range(MOST_QUICK + 1)]
    assert {answer.status_code for answer, _ in answers} == {201}
    assert set(rows(service)) == {("counted", "")}


@pytest.mark.parametrize("step", get_args(Limited))
async def test_a_visit_that_hammers_is_refused(
    visitors: Visitors, service: Service, step: Limited
) -> None:
    found = await visitors.widget.found()
    visit = service.tokens.read_visit(found["visit"])
    for _ in range(FLOOD_OF_A_VISIT):
        with suppress(LimitError):
            service.limits.admit_visit(visit.id, step)
    answer = await visitors.widget.post(step, zip="94110", visit=found["visit"])
    assert answer.status_code == 429


@pytest.mark.soak
async def test_a_university_behind_one_address_is_counted_to_the_last(
    visitors: Visitors, service: Service, soaking: bool
) -> None:
    number = 3_000 if soaking else 100
    asked = 0
    for _ in range(number):
        answer, fields = await visitors.submit()
        if answer.status_code == 428:
            asked += 1
            proof = solved(answer.json()["challenge"])
            answer = await visitors.widget.post("submit", **fields, proof=proof)
        assert answer.status_code == 201
    assert asked == number - MOST_SUBMISSIONS
    assert {status for status, _ in rows(service)} == {"counted"}
    assert len(rows(service)) == number
