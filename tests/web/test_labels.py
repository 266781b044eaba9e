"""Labels of placements, from an address to the partner's numbers."""

import re
from collections import Counter
from collections.abc import Callable

import httpx
import pytest
from sqlalchemy import select

from tests.web.conftest import Widget, add_partner, token_of
from widget_server.model import Partner
from widget_server.store.placements import MOST_LABELS
from widget_server.store.schema import source_tallies
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

MANY = [f"label-{number}" for number in range(MOST_LABELS)]


def labelled(service: Service) -> dict[tuple[str, str], int]:
    """What was counted so far, by label and kind."""
    waiting = service.store.pending.take()
    service.store.write(waiting.write).result()
    columns = source_tallies.c
    with service.store.read() as connection:
        rows = connection.execute(select(columns.source, columns.kind, columns.n)).all()
    found: Counter[tuple[str, str]] = Counter()
    for source, kind, number in rows:
        found[source, kind] += number
    return dict(found)


async def show(client: httpx.AsyncClient, token: str, label: str) -> None:
    """Let a widget come into view."""
    answer = await client.post(f"/w/{token}/shown", params={"source": label})
    assert answer.status_code == 204


async def test_every_step_of_a_visit_counts_under_its_label(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    await show(client, token, "footer")
    found = await client.post(
        f"/w/{token}/find?source=footer",
        data={"zip": "94110"},
        headers={"Accept": "application/json"},
    )
    widget, visit = Widget(client, token), found.json()["visit"]
    person = found.json()["legislators"][0]["id"]
    await widget.post("act", visit=visit, kind="email", legislator=person)
    await widget.post("submit", visit=visit, anonymous="yes")
    expected = ("shown", "found", "email", "acted", "submitted")
    assert labelled(service) == {("footer", kind): 1 for kind in expected}


async def test_the_document_hands_the_label_on_to_its_form(
    client: httpx.AsyncClient, token: str
) -> None:
    page = (await client.get(f"/w/{token}?source=footer")).text
    assert re.search(r'action="find\?[^"]*source=footer"', page)


async def test_the_campaigns_own_page_keeps_the_label_of_the_link(
    client: httpx.AsyncClient, token: str
) -> None:
    page = (await client.get(f"/c/hketo?t={token}&source=mail-2")).text
    assert re.search(r'action="find\?[^"]*source=mail-2"', page)


async def test_a_page_of_nobody_has_no_labels(client: httpx.AsyncClient) -> None:
    assert "source=" not in (await client.get("/c/hketo?source=footer")).text


@pytest.mark.parametrize("label", ["Footer", "a b", "x" * 25, "é", "a_b", "%0Aa", "<b>"])
async def test_what_is_no_label_shares_the_unlabelled_document(
    client: httpx.AsyncClient, service: Service, token: str, label: str
) -> None:
    plain = (await client.get(f"/w/{token}")).content
    answer = await client.get(f"/w/{token}", params={"source": label})
    assert answer.content == plain
    assert len(service.documents) == 1


async def test_one_label_too_many_counts_as_unlabelled(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    for label in [*MANY, "one-too-many", *MANY]:
        await show(client, token, label)
    assert labelled(service) == {(label, "shown"): 2 for label in MANY}


async def test_labels_beyond_the_most_share_the_unlabelled_document(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    for number in range(3 * MOST_LABELS):
        await client.get(f"/w/{token}?source=label-{number}")
    assert len(service.documents) == MOST_LABELS + 1


async def test_known_labels_are_kept_before_new_ones(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    for label in MANY:
        await show(client, token, label)
    labelled(service)
    service.refresh()
    await show(client, token, "late")
    await show(client, token, MANY[0])
    assert labelled(service)[MANY[0], "shown"] == 2
    assert ("late", "shown") not in labelled(service)


async def test_each_partner_has_labels_of_their_own(
    client: httpx.AsyncClient, service: Service, token: str, new_partner: Callable[[], Partner]
) -> None:
    for label in MANY:
        await show(client, token, label)
    await show(client, token_of(service, new_partner()), "footer")
    assert labelled(service)["footer", "shown"] == 1


@pytest.fixture
def new_partner(service: Service) -> Callable[[], Partner]:
    return lambda: add_partner(service, "Beacon", "https://beacon.example")
