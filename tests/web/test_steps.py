"""Find, act and submit, as a program sees them: the contracts of the design."""

import asyncio
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import anyio
import httpx
import pytest

from tests.patience import becomes
from tests.web.conftest import SITE, Widget, add_partner, token_of
from widget_server.model import Partner
from widget_server.report import counts
from widget_server.store import partners
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio

AFTER_THE_END = datetime(2027, 1, 3, 17, tzinfo=UTC)


def totals(service: Service, partner: str | None = "harbor-voices") -> dict[str, int]:
    """What is counted once the pending numbers are on disk."""
    service.store.write(service.store.pending.take().write).result()
    with service.store.read() as connection:
        return dict(counts.read(connection, partner=partner).totals)


async def test_found_names_the_people_and_gives_their_messages(widget: Widget) -> None:
    answer = await widget.found("94110")
    assert answer["status"] == "found"
    assert answer["districts"] == ["CA-11"]
    assert {person["name"] for person in answer["legislators"]} >= {
        "Alex Padilla",
        "Adam B. Schiff",
    }
    for person in answer["legislators"]:
        assert len(person["tweets"]) >= 6
        assert all({"subject", "body"} == set(letter) for letter in person["emails"])
    assert answer["visit"]


@pytest.mark.parametrize("place", ["94110", " 94110-1234 ", "９４１１０", "941101234"])
async def test_a_zip_is_understood_however_it_is_typed(widget: Widget, place: str) -> None:
    answer = await widget.found(place)
    assert (answer["districts"], answer["query"]) == (["CA-11"], place)


async def test_a_zip_that_is_none_is_an_answer(widget: Widget) -> None:
    answer = await widget.found("2139")
    assert (answer["status"], answer["reason"]) == ("none", "malformed")


async def test_no_place_at_all_is_refused(widget: Widget) -> None:
    answer = await widget.post("find")
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == "zip"


async def test_candidates_of_a_split_zip_come_without_messages(widget: Widget) -> None:
    answer = await widget.found("57638")
    assert (answer["status"], answer["districts"]) == ("choose", ["ND-0", "SD-0"])
    assert all(person["tweets"] == [] for person in answer["legislators"])


async def test_choosing_keeps_the_visit_and_counts_it_once(
    widget: Widget, service: Service
) -> None:
    first = await widget.found("57638")
    chosen = await widget.post("find", zip="57638", district="SD-0", visit=first["visit"])
    visits = [service.tokens.read_visit(each["visit"]) for each in (first, chosen.json())]
    assert visits[0].id == visits[1].id
    assert visits[1].district == "SD-0"
    assert totals(service)["found"] == 1


async def test_nobody_named_is_not_found(widget: Widget, service: Service) -> None:
    nobody = await widget.found("2139")
    assert totals(service)["found"] == 0
    await widget.post("find", zip="94110", visit=nobody["visit"])
    assert totals(service)["found"] == 1


async def test_each_act_counts_once(widget: Widget, service: Service) -> None:
    found = await widget.found()
    person = found["legislators"][0]["id"]
    for kind in ("tweet", "tweet", "email", "call"):
        answer = await widget.post("act", visit=found["visit"], kind=kind, legislator=person)
        assert answer.status_code == 204
    await widget.post("act", visit=found["visit"], kind="share")
    counted = totals(service)
    assert [counted[kind] for kind in ("acted", "tweet", "email", "call", "share")] == [1] * 5


async def test_somebody_elses_legislator_is_refused(widget: Widget, service: Service) -> None:
    found = await widget.found("94110")
    answer = await widget.post("act", visit=found["visit"], kind="tweet", legislator="C001098")
    assert answer.status_code == 422
    assert answer.json()["error"]["field"] == "legislator"


@pytest.mark.parametrize("kind", ["", "fax"])
async def test_an_unknown_kind_is_refused(widget: Widget, kind: str) -> None:
    found = await widget.found()
    answer = await widget.post("act", visit=found["visit"], kind=kind, legislator="P000197")
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "kind")


async def test_submitting_twice_gives_the_first_reference(widget: Widget, service: Service) -> None:
    found = await widget.found()
    fields = {"visit": found["visit"], "email": "ana@example.org", "name": "Ana", "zip": "94110"}
    first = await widget.post("submit", **fields)
    again = await widget.post("submit", **{**fields, "email": "other@example.org"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert (
        first.json()
        == again.json()
        == {
            "status": "received",
            "reference": first.json()["reference"],
        }
    )
    assert totals(service)["submitted"] == 1


async def test_a_known_email_is_a_new_submission_and_no_new_supporter(
    widget: Widget, service: Service
) -> None:
    answers = []
    for _ in range(2):
        found = await widget.found()
        answers.append(
            await widget.post("submit", visit=found["visit"], email=" ANA@example.org", name="Ana")
        )
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json()["reference"] != answers[1].json()["reference"]
    assert (totals(service)["submitted"], totals(service)["supporters"]) == (2, 1)


async def test_a_person_brought_by_another_partner_is_overlap(
    widget: Widget, service: Service, client: httpx.AsyncClient
) -> None:
    other = Widget(client, token_of(service, add_partner(service, "Other", "https://o.example")))
    for each in (other, widget):
        visit = (await each.found())["visit"]
        await each.post("submit", visit=visit, email="ana@example.org")
    assert totals(service)["overlap"] == 1
    assert (totals(service)["supporters"], totals(service, "other")["supporters"]) == (0, 1)


async def test_anonymous_counts_without_an_email(widget: Widget, service: Service) -> None:
    visit = (await widget.found())["visit"]
    answer = await widget.post("submit", visit=visit, anonymous="yes", email="not looked at")
    assert answer.status_code == 201
    assert (totals(service)["submitted"], totals(service)["supporters"]) == (1, 0)


async def test_every_wrong_field_is_named_and_nothing_is_stored(
    widget: Widget, service: Service
) -> None:
    visit = (await widget.found())["visit"]
    answer = await widget.post("submit", visit=visit, email="no", name="x" * 10_000, zip="2139")
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["field"]) == (422, "bad_email", "email")
    assert set(error["fields"]) == {"email", "name", "zip"}
    assert totals(service)["submitted"] == 0


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "=cmd()", "‮أنا", "🙂\x00\x1b[31m"])
async def test_strange_names_are_taken(widget: Widget, name: str) -> None:
    visit = (await widget.found())["visit"]
    answer = await widget.post(
        "submit", visit=visit, email="ana@example.org", name=name, updates="yes"
    )
    assert answer.status_code == 201


@pytest.mark.parametrize(
    "address",
    [
        "a@b",
        "a b@c.de",
        "a@b.c\r\nBcc: x@y.zz",
        "=?utf-8?q?x?=@b.cd",
        "@b.cd",
        "a@@b.cd",
        "a@b..cd",
    ],
)
async def test_what_is_no_email_address_is_refused(widget: Widget, address: str) -> None:
    visit = (await widget.found())["visit"]
    answer = await widget.post("submit", visit=visit, email=address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_email")


@pytest.mark.parametrize("step", ["act", "submit"])
@pytest.mark.parametrize("visit", ["", "nonsense"])
async def test_without_a_visit_nothing_is_taken(widget: Widget, step: str, visit: str) -> None:
    answer = await widget.post(step, visit=visit, kind="share", anonymous="yes")
    body = answer.json()
    assert (answer.status_code, body["error"]["code"]) == (403, "bad_visit")
    again = await widget.post(step, visit=body["visit"], kind="share", anonymous="yes")
    assert again.is_success


async def test_a_stale_visit_is_renewed_with_the_same_id(widget: Widget, service: Service) -> None:
    visit = (await widget.found())["visit"]
    service.settings = replace(
        service.settings, now=service.clock() + timedelta(hours=24, seconds=2)
    )
    answer = await widget.post("submit", visit=visit, anonymous="yes")
    body = answer.json()
    assert (answer.status_code, body["error"]["code"]) == (403, "stale_visit")
    before = service.tokens.read_visit(body["visit"])
    assert before.district == "CA-11"
    assert (await widget.post("submit", visit=body["visit"], anonymous="yes")).status_code == 201


async def test_another_partners_visit_is_refused(
    widget: Widget, service: Service, client: httpx.AsyncClient
) -> None:
    other = Widget(client, token_of(service, add_partner(service, "Other", "https://o.example")))
    visit = (await other.found())["visit"]
    answer = await widget.post("submit", visit=visit, anonymous="yes")
    assert (answer.status_code, answer.json()["error"]["code"]) == (403, "bad_visit")


async def test_a_broken_token_in_the_address_takes_any_visit(
    widget: Widget, service: Service, client: httpx.AsyncClient
) -> None:
    visit = (await widget.found())["visit"]
    answer = await Widget(client, "broken").post("submit", visit=visit, anonymous="yes")
    assert answer.status_code == 201
    assert totals(service)["submitted"] == 1


async def test_a_visit_revoked_before_it_submits_counts_for_nobody(
    widget: Widget, service: Service, partner: Partner
) -> None:
    found = await widget.found()
    service.store.write(lambda rows: partners.revoke(rows, partner.slug, everything=True)).result()
    service.refresh()
    answer = await widget.post("submit", visit=found["visit"], anonymous="yes")
    assert answer.status_code == 201
    assert totals(service)["submitted"] == 0
    assert totals(service)["found"] == 1


async def test_a_widget_in_view_is_counted(widget: Widget, service: Service) -> None:
    assert (await widget.post("shown")).status_code == 204
    assert totals(service)["shown"] == 1


async def test_after_the_end_nothing_is_asked_or_taken(widget: Widget, service: Service) -> None:
    visit = (await widget.found())["visit"]
    service.settings = replace(service.settings, now=AFTER_THE_END)
    renewed = (await widget.post("submit", visit=visit, anonymous="yes")).json()["visit"]
    answer = await widget.post("submit", visit=renewed, anonymous="yes")
    assert (answer.status_code, answer.json()["error"]["code"]) == (410, "campaign_ended")
    found = await widget.found("00501")
    assert all(person["tweets"] == [] for person in found["legislators"])


@pytest.mark.parametrize(
    ("site", "origin", "status"),
    [
        ("cross-site", "https://evil.example", 403),
        ("cross-site", "null", 200),
        ("same-origin", "https://act.example.org", 200),
        ("same-site", "https://evil.example", 200),
    ],
)
async def test_a_form_from_another_site_is_refused(
    client: httpx.AsyncClient, token: str, site: str, origin: str, status: int
) -> None:
    headers = {"Sec-Fetch-Site": site, "Origin": origin, "Accept": "application/json"}
    answer = await client.post(f"/w/{token}/find", data={"zip": "94110"}, headers=headers)
    assert answer.status_code == status


async def test_a_body_over_64_kib_is_too_large(client: httpx.AsyncClient, token: str) -> None:
    headers = {"Accept": "application/json"}
    answer = await client.post(f"/w/{token}/find", data={"zip": "9" * 70_000}, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\xff\xfe=1", "application/x-www-form-urlencoded"),
        (b"[1]", "application/json"),
        (b'{"zip": 94110}', "application/json"),
        (b'{"zip": "\\ud800"}', "application/json"),
        (b"{" * 5000, "application/json"),
        (b"zip=94110", "text/plain"),
        (b"&".join(b"a%d=1" % n for n in range(100)), "application/x-www-form-urlencoded"),
    ],
)
async def test_a_body_that_is_no_form_is_refused(
    client: httpx.AsyncClient, token: str, body: bytes, kind: str
) -> None:
    headers = {"Accept": "application/json", "Content-Type": kind}
    answer = await client.post(f"/w/{token}/find", content=body, headers=headers)
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "bad_form")


async def test_a_program_may_send_json(client: httpx.AsyncClient, token: str) -> None:
    answer = await client.post(
        f"/w/{token}/find", json={"zip": "94110"}, headers={"Accept": "application/json"}
    )
    assert answer.json()["status"] == "found"


async def test_the_fragment_is_nobodys_and_its_visit_is_in_the_header(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    headers = {"Threesteps-Fragment": "1"}
    answer = await client.post(f"/w/{token}/find", data={"zip": "94110"}, headers=headers)
    assert service.tokens.read_visit(answer.headers["threesteps-visit"]).district == "CA-11"
    assert answer.headers["cache-control"] == "no-store"
    for personal in ("94110", "Harbor", token, SITE, 'name="visit"'):
        assert personal not in answer.text


async def test_an_error_to_the_script_is_json_in_the_visitors_language(
    client: httpx.AsyncClient, token: str
) -> None:
    answer = await client.post(f"/w/{token}/find?lang=es", headers={"Threesteps-Fragment": "1"})
    assert json.loads(answer.text)["error"]["message"] == "Complete este campo."


async def test_without_a_campaign_key_no_details_are_asked_for(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    (service.settings.keys / "sealing-hketo.keys").unlink()
    service.refresh()
    page = await client.post(f"/w/{token}/find", data={"zip": "94110"})
    assert 'name="email"' not in page.text
    assert 'name="anonymous"' in page.text


async def test_a_refused_page_keeps_what_was_typed(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    found = await client.post(
        f"/w/{token}/find", data={"zip": "94110"}, headers={"Accept": "application/json"}
    )
    fields = {"visit": found.json()["visit"], "zip": "94110", "name": 'Ana "<b>"', "email": "no"}
    page = await client.post(f"/w/{token}/submit", data=fields)
    assert page.status_code == 422
    assert 'value="Ana &#34;&lt;b&gt;&#34;"' in page.text
    assert "Please enter an email address" in page.text
    assert "Nancy Pelosi" in page.text


async def test_a_stale_page_keeps_the_form_and_can_be_sent_again(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    fields = {"visit": "nonsense", "zip": "94110", "email": "ana@example.org"}
    page = await client.post(f"/w/{token}/submit", data=fields)
    assert page.status_code == 403
    assert 'value="ana@example.org"' in page.text
    visit = page.text.split('name="visit" value="')[1].split('"')[0]
    again = await client.post(f"/w/{token}/submit", data={**fields, "visit": visit})
    assert again.status_code == 201


async def test_the_public_api_is_open_and_gives_no_visit(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/legislators?zip=94110")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["districts"] == ["CA-11"]
    assert "visit" not in answer.json()
    assert "tweets" not in answer.json()["legislators"][0]


async def test_the_public_api_needs_a_place(client: httpx.AsyncClient) -> None:
    answer = await client.get("/api/v1/legislators")
    assert (answer.status_code, answer.json()["error"]["field"]) == (422, "zip")


async def test_ready_says_what_is_missing(client: httpx.AsyncClient, service: Service) -> None:
    answer = (await client.get("/readyz")).json()
    assert set(answer.pop("parts").values()) == {"ready"}
    assert answer == {
        "ready": True,
        "faults": [],
        "warnings": [],
        "tasks": {},
    }
    (service.settings.keys / "sealing-hketo.keys").unlink()
    service.refresh()
    ready = await client.get("/readyz")
    assert ready.status_code == 200
    assert "campaign keys hketo" in ready.json()["warnings"][0]


async def test_an_outage_keeps_the_form_and_says_oops(
    client: httpx.AsyncClient, service: Service, token: str
) -> None:
    headers = {"Accept": "application/json"}
    found = await client.post(f"/w/{token}/find", data={"zip": "94110"}, headers=headers)
    service.store.close()
    fields = {"visit": found.json()["visit"], "zip": "94110", "email": "ana@example.org"}
    page = await client.post(f"/w/{token}/submit", data=fields)
    assert (page.status_code, page.headers["retry-after"]) == (503, "5")
    assert "Oops! Something went wrong while submitting the form." in page.text
    assert 'value="ana@example.org"' in page.text


async def test_a_possessive_is_escaped_once(client: httpx.AsyncClient, token: str) -> None:
    page = await client.post(f"/w/{token}/find", data={"zip": "94110"})
    assert "California&#39;s 11th district</small>" in page.text


async def test_a_lost_index_key_counts_nobody_twice(widget: Widget, service: Service) -> None:
    visit = (await widget.found())["visit"]
    await widget.post("submit", visit=visit, email="ana@example.org")
    (service.settings.keys / "index-hketo.keys").unlink()
    service.refresh()
    visit = (await widget.found())["visit"]
    answer = await widget.post("submit", visit=visit, email="ana@example.org")
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "no_campaign_key")
    assert (await widget.post("submit", visit=visit, anonymous="yes")).status_code == 201
    assert "index-hketo.keys" in (await widget.client.get("/readyz")).json()["warnings"][-1]


async def test_a_place_of_the_last_congress_is_nobodys(widget: Widget, service: Service) -> None:
    service.settings = replace(service.settings, now=AFTER_THE_END - timedelta(minutes=1))
    found = await widget.found("00901")
    person = found["legislators"][0]["id"]
    service.settings = replace(service.settings, now=AFTER_THE_END + timedelta(minutes=1))
    answer = await widget.post("act", visit=found["visit"], kind="tweet", legislator=person)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_legislator")


async def test_a_refresh_that_fails_keeps_the_last_good_and_says_so(
    client: httpx.AsyncClient, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("widget_server.web.service.REFRESH_SECONDS", 0.01)
    folder = service.settings.keys
    folder.rename(folder.with_name("elsewhere"))
    folder.write_text("not a folder")
    refreshing = asyncio.create_task(service.keep_fresh())
    assert await anyio.to_thread.run_sync(becomes, lambda: service.stale_since is not None)
    warnings = (await client.get("/readyz")).json()["warnings"]
    assert any("have not been seen since 2026-11-22" in warning for warning in warnings)
    folder.unlink()
    folder.with_name("elsewhere").rename(folder)
    assert await anyio.to_thread.run_sync(becomes, lambda: service.stale_since is None)
    refreshing.cancel()
