"""What the browser takes for a ZIP before it seals one: the same as the server does."""

from playwright.sync_api import Page

from tests.find.spellings import NO_ZIPS, ZIPS
from widget_server import assets


def test_the_browser_reads_a_zip_as_the_server_does(page: Page) -> None:
    page.add_script_tag(content=assets.source("keep_back.js"))
    read = "texts => texts.map(zipOf)"
    assert page.evaluate(read, ZIPS) == ["94110"] * len(ZIPS)
    assert page.evaluate(read, NO_ZIPS) == [None] * len(NO_ZIPS)
    assert page.evaluate(read, ["", " "]) == ["", ""]
