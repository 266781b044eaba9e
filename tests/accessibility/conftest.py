"""What the tests for everyone share: two demos, and a page on which nothing moves."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from .states import Sites, demos


@pytest.fixture(scope="session")
def sites(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sites]:
    with demos(Path(tmp_path_factory.mktemp("demos"))) as running:
        yield running


@pytest.fixture(scope="module")
def still_page(browser: Browser) -> Iterator[Page]:
    """One page for a whole table, without motion: a fading text has no contrast to measure."""
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()
