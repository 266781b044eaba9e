"""HTML in, whatever runs in it out: a page of Chromium without the policy we send.

So nothing but the escaping of each text is what holds.
"""

from dataclasses import dataclass, field

import httpx
from playwright.sync_api import Page

from tests.web.hostile.pages import read


@dataclass
class Chamber:
    """A page in which whatever runs is noticed."""

    page: Page
    noticed: list[str] = field(default_factory=list)

    def show(self, html: str) -> None:
        """Show a page as if it came without any policy."""
        self.page.set_content(html, wait_until="domcontentloaded")

    def notice(self, what: str) -> None:
        """Remember what should not have happened."""
        self.noticed.append(what)

    def assert_inert(self, answer: httpx.Response, payload: str) -> None:
        """Nothing in it runs, and no address in it leads where a script would."""
        assert answer.status_code < 500, payload
        assert answer.headers["content-type"].startswith("text/html")
        assert read(answer.text).faults == [], payload
        self.show(answer.text)
        assert self.noticed == [], payload
