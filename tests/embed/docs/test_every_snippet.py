"""Every snippet in docs/embed.md, pasted into a page on another origin, as it stands there."""

import re
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Page, expect

from tests.embed.docs.conftest import Paste
from tests.embed.hosts import Host
from tests.serving import Served
from widget_server.web.loader import pinned

DOCUMENT = (Path(__file__).parents[3] / "docs" / "embed.md").read_text()
SNIPPETS = re.findall(r"^```html\n(.*?)^```$", DOCUMENT, re.M | re.S)
MAX_WORDS = 900

Fill = Callable[[str], str]


@pytest.fixture
def fill(served: Served, token: str) -> Fill:
    """Put the partner's own values into a text, as their page has them."""
    script = pinned(served.origin)
    values = {
        "https://HOST/embed-HASH.js": script.src,
        "DIGEST": script.integrity,
        "https://HOST": served.origin,
        "TOKEN": token,
    }

    def filled(text: str) -> str:
        for name, value in values.items():
            text = text.replace(name, value)
        return text

    return filled


def test_the_document_can_be_read_in_four_minutes() -> None:
    assert len(DOCUMENT.split()) < MAX_WORDS


def test_the_document_has_every_form() -> None:
    signs = ["<three-steps", "data-token=", "data-three-steps=", "<iframe", "integrity="]
    assert [sign for sign in signs if not any(sign in text for text in SNIPPETS)] == []


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_snippet_shows_the_widget_on_another_origin(
    page: Page, paste: Paste, fill: Fill, snippet: str
) -> None:
    paste(fill(snippet))
    heading = page.frame_locator("iframe").get_by_role("heading", level=1)
    expect(heading).to_contain_text("represión" if 'lang="es"' in snippet else "Reject China's")
    expect(page.locator("iframe")).to_be_visible()


@pytest.mark.parametrize("snippet", SNIPPETS)
def test_a_snippet_whose_script_does_not_come_is_a_link_that_counts(
    page: Page, paste: Paste, fill: Fill, snippet: str
) -> None:
    page.context.route(re.compile(r"/embed.*\.js"), lambda route: route.abort())
    paste(fill(snippet))
    link = page.get_by_role("link")
    expect(link).to_be_visible()
    address = str(link.get_attribute("href"))
    assert "shown by" in httpx.get(address, trust_env=False).text


def test_the_events_sample_marks_the_element(page: Page, paste: Paste, fill: Fill) -> None:
    (sample,) = [text for text in SNIPPETS if "addEventListener" in text]
    paste(fill(sample))
    expect(page.locator("three-steps.arrived")).to_have_attribute("data-state", "ready")


def test_the_content_security_policy_is_enough(page: Page, paste: Paste, fill: Fill) -> None:
    found = re.search(r"^```\n(script-src .*)\n```$", DOCUMENT, re.M)
    assert found
    policy = f"default-src 'none'; {fill(found[1])}"
    paste(fill(SNIPPETS[0]), {"Content-Security-Policy": policy})
    expect(page.locator("three-steps")).to_have_attribute("data-state", "ready")


@pytest.mark.parametrize("policy", ["no-referrer", "same-origin", "unsafe-url"])
def test_any_referrer_policy_will_do(page: Page, paste: Paste, fill: Fill, policy: str) -> None:
    paste(fill(SNIPPETS[0]), {"Referrer-Policy": policy})
    expect(page.locator("three-steps")).to_have_attribute("data-state", "ready")


def test_a_sandbox_with_the_documented_permissions_is_enough(
    page: Page, host: Host, paste: Paste, fill: Fill
) -> None:
    found = re.search(r'`(sandbox="[^"]+")`', DOCUMENT)
    assert found
    inner = host.put(fill(SNIPPETS[0]))
    paste(f'<iframe {found[1]} src="{inner}" height="900" width="600"></iframe>')
    widget = page.frame_locator("iframe").frame_locator("three-steps iframe")
    widget.get_by_label("Your ZIP code").fill("94110")
    widget.get_by_role("button", name="Find", exact=True).click()
    expect(widget.get_by_role("heading", name="Your legislators")).to_be_visible()
