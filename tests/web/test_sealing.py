"""Sealing in the browser, as the server offers it: a script, a plan in the form, a policy."""

import html
import json
import re
from base64 import urlsafe_b64decode
from dataclasses import replace
from typing import Any

import httpx
import pytest

from tests.web.conftest import ORIGIN, Widget
from widget_server import assets
from widget_server.app import create_app
from widget_server.seal import KeyPair, key_id
from widget_server.settings import Settings
from widget_server.web.sealing import plan
from widget_server.web.service import Service

pytestmark = pytest.mark.anyio


async def plan_of(client: httpx.AsyncClient, token: str) -> Any:
    """What the form says about sealing; None when it says nothing."""
    found = await client.post(
        f"/w/{token}/find", data={"zip": "94110"}, headers={"Threesteps-Fragment": "1"}
    )
    said = re.search(r'data-seal="([^"]*)"', found.text)
    return said and json.loads(html.unescape(said[1]))


async def test_the_form_names_whom_to_seal_to(
    client: httpx.AsyncClient, token: str, key_pair: KeyPair
) -> None:
    said = await plan_of(client, token)
    ((name, key),) = said["keys"]
    assert name == key_id(key_pair.public).hex()
    assert urlsafe_b64decode(key + "=") == key_pair.public[:32]
    assert (said["campaign"], said["signature"]) == ("hketo", False)


async def test_the_script_that_seals_never_changes_and_is_for_our_pages_only(
    client: httpx.AsyncClient, token: str
) -> None:
    said = await plan_of(client, token)
    script = await client.get(said["src"])
    assert "immutable" in script.headers["cache-control"]
    assert script.headers["content-type"] == "text/javascript; charset=utf-8"
    assert script.headers["cross-origin-resource-policy"] == "same-origin"
    assert assets.digest(script.text) == said["integrity"]
    assert (await client.get("/seal-0000.js")).status_code == 404


async def test_the_page_lets_this_script_come_later(client: httpx.AsyncClient, token: str) -> None:
    said = await plan_of(client, token)
    policy = (await client.get(f"/w/{token}")).headers["content-security-policy"]
    (scripts,) = re.findall("script-src ([^;]*);", policy)
    assert f"{ORIGIN}{said['src']}" in scripts.split()


async def test_where_the_server_seals_nothing_comes_later(settings: Settings) -> None:
    app = create_app(replace(settings, default_campaign="school-taps"))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=ORIGIN) as client:
        page = await client.get("/c/school-taps")
    app.state.service.store.close()
    assert "/seal-" not in page.headers["content-security-policy"]


async def test_where_the_server_seals_the_form_names_nobody(service: Service) -> None:
    campaign = service.campaigns.get("hketo")
    assert campaign
    assert plan(replace(campaign, seal="server"), service.keyring) == ""


@pytest.mark.parametrize("sealed", ["AAAA.AAAA", ".", "no", "\u00e9.\u00e9"])
async def test_what_is_no_envelope_for_our_keys_is_refused(widget: Widget, sealed: str) -> None:
    visit = (await widget.found())["visit"]
    answer = await widget.post(
        "submit", visit=visit, email="ana@example.org", updates="yes", sealed=sealed
    )
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "bad_sealed")


async def test_where_nothing_is_kept_no_envelope_is_read(widget: Widget) -> None:
    visit = (await widget.found())["visit"]
    answer = await widget.post("submit", visit=visit, email="ana@example.org", sealed="no")
    assert answer.status_code == 201
