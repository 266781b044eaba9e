"""Texts that want to run, in every field and on every page that shows it, in Chromium."""

import re
from collections.abc import Callable, Iterator

import httpx
import pytest
from playwright.sync_api import Page

from tests.browser.injection.chamber import Chamber
from tests.serving import Served

CHANGED = re.compile(r'name="form" value="([^"]+)"')
TOKEN = re.compile(r"three-steps token=(?:&#34;|&quot;|\")([\w.-]+)")
VISIT = re.compile(r'name="visit" value="([^"]+)"')


def opened(served: Served, link: str) -> httpx.Client:
    """A browser without scripts that has followed a sign-in link."""
    client = httpx.Client(base_url=served.origin, follow_redirects=True, trust_env=False)
    client.get(link).raise_for_status()
    return client


def answers_to_visitor(client: httpx.Client, token: str, payload: str) -> Iterator[httpx.Response]:
    """The pages of somebody who writes the same into every field."""
    every = dict.fromkeys(("zip", "street", "city", "state", "name", "email", "done"), payload)
    yield client.post(f"/w/{token}/find", data={**every, "street": ""})
    yield client.post(f"/w/{token}/find", data=every)
    found = client.post(f"/w/{token}/find", data={"zip": "94110"})
    visit = {"visit": VISIT.findall(found.text)[0]}
    yield client.post(f"/w/{token}/submit", data={**every, **visit})
    yield client.post(
        f"/w/{token}/submit", data={**visit, "name": payload, "email": "a@example.org"}
    )
    query = dict.fromkeys(("lang", "theme", "accent", "source", "t"), payload)
    yield client.get(f"/w/{token}", params=query)
    yield client.get("/c/hketo", params=query)


@pytest.mark.soak
def test_nothing_that_a_visitor_writes_runs(
    shared: Served,
    chamber: Chamber,
    payloads: tuple[str, ...],
    figure: Callable[[str], None],
) -> None:
    token, shown = shared.token, 0
    with httpx.Client(base_url=shared.origin, trust_env=False) as client:
        for payload in payloads:
            for answer in answers_to_visitor(client, token, payload):
                chamber.assert_inert(answer, payload)
                shown += 1
    log = shared.log.read_text()
    assert [payload for payload in payloads if len(payload) > 8 and payload in log] == []
    figure(f"{len(payloads)} payloads of a visitor on {shown} pages: 0 ran")


@pytest.mark.soak
def test_nothing_that_names_a_partner_runs(
    shared: Served,
    chamber: Chamber,
    payloads: tuple[str, ...],
    figure: Callable[[str], None],
) -> None:
    shown, console = 0, opened(shared, shared.console_url)
    for number, payload in enumerate(payloads):
        form = CHANGED.findall(console.get("/organiser/partners").text)[0]
        fields = {"form": form, "name": payload, "sites": f"https://p{number}.example"}
        added = console.post("/organiser/partners/add", data=fields)
        refused = console.post("/organiser/partners/add", data={**fields, "sites": payload})
        pages = [added, refused]
        if added.status_code == 200:
            partner = opened(shared, re.findall(r"/partner\?link=[\w.-]+", added.text)[0])
            pages += [partner.get(path) for path in PARTNERS_PAGES]
            pages.append(console.get(f"/w/{TOKEN.findall(added.text)[0]}"))
            partner.close()
        for answer in pages:
            chamber.assert_inert(answer, payload)
            shown += 1
    for path in ("", "/partners", "/audit"):
        chamber.assert_inert(console.get(f"/organiser{path}"), path)
    console.close()
    figure(f"{len(payloads)} names of partners on {shown} pages: 0 ran")


PARTNERS_PAGES = ("/partner", "/partner/snippet", "/partner/verify", "/partner/board")


def test_the_chamber_notices_what_runs(chamber: Chamber) -> None:
    chamber.show("<p>nothing</p>")
    assert chamber.noticed == []
    chamber.show("<img src=x onerror=pwned(1)>")
    chamber.page.wait_for_timeout(200)
    assert chamber.noticed == ["a script ran"]


@pytest.mark.soak
def test_nothing_that_is_typed_into_the_widget_runs(
    shared: Served, page: Page, payloads: tuple[str, ...]
) -> None:
    """Through the widget's own script, which puts errors and answers into the page."""
    ran: list[str] = []
    page.expose_function("pwned", lambda *_: ran.append("a script ran"))
    page.on("dialog", lambda dialog: ran.append(dialog.message))
    page.goto(f"{shared.origin}/w/{shared.token}")
    page.get_by_label("Your ZIP code").fill("94110")
    page.get_by_role("button", name="Find").click()
    for payload in payloads:
        for name in ("email", "name"):
            page.locator(f"form [name={name}]").last.fill(payload)
        page.locator("form [name=email]").last.press("Enter")
        page.wait_for_timeout(20)
        assert ran == [], payload
