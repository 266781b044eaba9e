"""From the organiser's link to a number on the partner's page, in a real browser."""

import csv
import io
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests import clipboard
from tests.embed.hosts import Host, hosting
from tests.serving import Served, free_port, serving

SEEN_WITHIN_MS = 5000


@pytest.fixture
def host() -> Iterator[Host]:
    """A partner's own site."""
    with hosting() as site:
        yield site


def add_partner(page: Page, name: str, site: str) -> tuple[str, str, str]:
    """Add a partner in the console: their snippet, sign-in link and API key."""
    page.get_by_role("link", name="Partners", exact=True).click()
    page.get_by_label("Name").fill(name)
    page.get_by_label("Sites that may show the widget").fill(site)
    page.get_by_role("button", name="Add a partner").click()
    expect(page.get_by_role("status").first).to_have_text(f"{name} was added.")
    link, key = page.locator(".given code").all_inner_texts()
    return page.locator("section[aria-labelledby=snippet] code").first.inner_text(), link, key


def be_counted(page: Page) -> None:
    """Take part, as a visitor of the partner's site."""
    widget = page.frame_locator("three-steps iframe")
    widget.get_by_label("Your ZIP code").fill("94110")
    widget.get_by_role("button", name="Find").click()
    with page.expect_popup() as popup:
        widget.get_by_role("button", name="Post on X").first.click()
    popup.value.close()
    widget.locator(".count .plain").click()
    widget.locator(".thanks").wait_for()


def test_what_a_visitor_does_reaches_everybody_who_may_see_it(
    served: Served, host: Host, open_page: Callable[..., Page]
) -> None:
    console = open_page(permissions=["clipboard-read", "clipboard-write"])
    console.goto(served.console_url)
    snippet, link, key = add_partner(console, "Lantern Coalition", host.origin)

    partner = open_page(permissions=["clipboard-read", "clipboard-write"])
    partner.goto(link)
    submitted = partner.locator("dt:text-is('Submitted') + dd")
    expect(submitted).to_have_text("0")
    partner.get_by_role("link", name="Snippet", exact=True).click()
    partner.get_by_role("button", name="Copy the snippet").first.click()
    pasted = clipboard.pasted(partner)
    assert pasted.strip() == snippet.strip()
    partner.get_by_role("link", name="Numbers", exact=True).click()

    visitor = open_page()
    visitor.goto(host.put(pasted))
    be_counted(visitor)
    began = time.monotonic()
    expect(submitted).to_have_text("1", timeout=SEEN_WITHIN_MS)
    assert time.monotonic() - began < SEEN_WITHIN_MS / 1000

    seen = numbers(partner)
    cookies = {cookie["name"]: cookie["value"] for cookie in partner.context.cookies()}
    table = httpx.get(f"{served.origin}/partner/counts.csv", cookies=cookies, trust_env=False)
    bearer = {"Authorization": f"Bearer {key}"}
    told = httpx.get(f"{served.origin}/api/v1/counts", headers=bearer, trust_env=False).json()
    (day,) = csv.DictReader(io.StringIO(table.text))
    assert {kind: int(day[kind]) for kind in seen} == seen
    assert {kind: told["totals"][kind] for kind in seen} == seen
    assert served.counts("--partner", "lantern-coalition")["totals"] == told["totals"]
    assert "Every number equals a recount of its rows." in served.command("recount")


def numbers(page: Page) -> dict[str, int]:
    """What the partner's page says, by kind."""
    words = {"Found": "found", "Acted": "acted", "Submitted": "submitted"}
    return {
        kind: int(page.locator(f"dt:text-is('{word}') + dd").inner_text())
        for word, kind in words.items()
    }


def test_the_overview_moves_while_the_organiser_watches(
    served: Served, open_page: Callable[..., Page]
) -> None:
    page = open_page()
    page.goto(served.console_url)
    found = page.locator("dt:text-is('Found') + dd")
    expect(found).to_have_text("0")
    address = f"{served.origin}/w/{served.token}/find"
    httpx.post(address, data={"zip": "94110"}, trust_env=False)
    expect(found).to_have_text("1", timeout=2 * SEEN_WITHIN_MS)


def test_without_scripts_a_partner_is_added_and_revoked(
    served: Served, open_page: Callable[..., Page]
) -> None:
    page = open_page(java_script_enabled=False)
    page.goto(served.console_url)
    add_partner(page, "Lantern Coalition", "lantern.example")
    page.get_by_role("link", name="Revoke …").click()
    page.get_by_label("Every snippet, the newest too").check()
    page.get_by_role("button", name="Revoke what is ticked").click()
    expect(page.get_by_text("Every snippet of this partner is revoked.")).to_be_visible()


@pytest.mark.parametrize("width", [320, 1200])
def test_no_page_of_the_console_is_wider_than_the_screen(
    tmp_path: Path, open_page: Callable[..., Page], width: int
) -> None:
    with serving("demo", port=free_port(), home=tmp_path / "home") as month:
        page = open_page(viewport={"width": width, "height": 800})
        page.goto(month.console_url)
        for path in ("", "/partners", "/partners/harbor-voices", "/campaigns", "/audit"):
            page.goto(f"{month.origin}/organiser{path}")
            assert page.evaluate("document.documentElement.scrollWidth") == width, path
