"""What the browser lets a page of ours ask for, as Chromium itself counts it."""

import pytest
from playwright.sync_api import Page

from tests.serving import Served

ALLOWED = """
    () => document.featurePolicy.allowedFeatures().filter((name) => !name.startsWith('ch-')).sort()
"""


@pytest.mark.parametrize("where", ["/w/broken", "/c/hketo", "/partner", "/organiser", "/nothing"])
def test_a_page_may_copy_and_share_and_nothing_else(served: Served, page: Page, where: str) -> None:
    page.goto(f"{served.origin}{where}")
    assert set(page.evaluate(ALLOWED)) <= {"clipboard-write", "web-share"}
