"""What tests of the whole service share: a port, a running demo, a browser."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests import serving
from tools import chromium

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)


@pytest.fixture
def free_port() -> int:
    """A port on which nobody listens."""
    return serving.free_port()


@pytest.fixture
def served(tmp_path: Path, free_port: int) -> Iterator[serving.Served]:
    """The demo, in a process and a folder of its own."""
    with serving.serving("demo", port=free_port, home=tmp_path / "home") as running:
        yield running


@pytest.fixture(scope="session")
def chromium_path() -> Path:
    """An installed Chrome or Chromium; without one the tests that need it fail."""
    path = chromium.ensure()
    assert path, chromium.ADVICE
    return path


@pytest.fixture(scope="module")
def browser(chromium_path: Path) -> Iterator[Browser]:
    """A browser that reaches this machine only.

    One a module: while Playwright's synchronous API is open, no other event loop can run.
    """
    flags = [*FLAGS, "--no-sandbox"] if os.geteuid() == 0 else list(FLAGS)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium_path, args=flags)
        yield launched
        launched.close()


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Open a page in a fresh context, with the options of ``Browser.new_context``.

    An error that a page does not catch fails the test.
    """
    errors: list[str] = []
    pages: list[Page] = []

    def open_one(**options: object) -> Page:
        page = browser.new_context(**options).new_page()  # type: ignore[arg-type] # as they come
        page.context.on("weberror", lambda error: errors.append(str(error.error)))
        pages.append(page)
        return page

    yield open_one
    for page in pages:
        page.context.close()
    assert not errors


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page in a fresh context."""
    return open_page()
