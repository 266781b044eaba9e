"""What tests share: a port, a running demo, a browser, a PostgreSQL."""

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    Error,
    Frame,
    Page,
    Playwright,
    WebError,
    expect,
    sync_playwright,
)

from tests import postgres, serving
from tools import browsers

FLAGS = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1",
)

FONTS = Path(__file__).with_name("fonts.conf")

#: With Firefox's frames in processes of their own, Playwright's clicks and keys in a frame of
#: another site report success and do nothing.
PREFERENCES: dict[str, str | float | bool] = {
    "fission.autostart": False,
    "fission.webContentIsolationStrategy": 0,
}

#: Firefox reports as errors what other browsers only note in the console.
NOTES = (
    "Content-Security-Policy",
    "Failed to execute ‘postMessage’",
    "None of the “sha256” hashes in the integrity attribute",
)

#: A test's pages.
PAGES = pytest.StashKey[list[Page]]()

#: On a busy machine a page takes longer than Playwright's five seconds.
expect.set_options(timeout=20_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--soak``: every test that has a long form runs in it."""
    parser.addoption("--soak", action="store_true", help="run the long form of tests that have one")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave what is marked ``long`` to ``--soak``; the run says of how many."""
    if config.getoption("--soak"):
        return
    left = [item for item in items if item.get_closest_marker("long")]
    if left:
        config.hook.pytest_deselected(items=left)
        items[:] = [item for item in items if item not in left]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With a failure, say what the pages of its test showed."""
    report = yield
    if report.when == "call" and report.failed:
        for page in item.stash.get(PAGES, []):
            for frame in page.frames:
                report.sections.append((f"shown on {frame.url}", _text(frame)))
    return report


def _text(frame: Frame) -> str:
    try:
        return frame.locator("body").inner_text(timeout=1_000)
    except Error as error:
        return f"cannot be read: {error}"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    reports = [each for several in terminalreporter.stats.values() for each in several]
    calls = [report for report in reports if getattr(report, "when", "") == "call"]
    said = [pair for report in calls for pair in report.user_properties]
    if figures := [line for name, line in said if name == "figure"]:
        terminalreporter.section("figures")
        for line in figures:
            terminalreporter.line(line)


@pytest.fixture
def soaking(request: pytest.FixtureRequest) -> bool:
    """Whether the long forms of the tests run."""
    return bool(request.config.getoption("--soak"))


@pytest.fixture
def figure(request: pytest.FixtureRequest) -> Callable[[str], None]:
    """Say what a test measured at the end of the run."""
    return lambda line: request.node.user_properties.append(("figure", line))


@pytest.fixture
def free_port() -> int:
    """A port on which nobody listens."""
    return serving.free_port()


@pytest.fixture
def served(tmp_path: Path, free_port: int) -> Iterator[serving.Served]:
    """The demo, in a process and a folder of its own."""
    with serving.serving("demo", "--empty", port=free_port, home=tmp_path / "home") as running:
        yield running


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[serving.Served]:
    """One demo for a file's tests, none of which counts what the others did, or ends it."""
    home = tmp_path_factory.mktemp("shared") / "home"
    port, environment = serving.free_port(), serving.UNLIMITED
    with serving.serving("demo", "--empty", port=port, home=home, environment=environment) as demo:
        yield demo


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a PostgreSQL: THREESTEPS_TEST_DATABASE_URL, or a server of our own."""
    if given := os.environ.get("THREESTEPS_TEST_DATABASE_URL"):
        yield given
    else:
        with postgres.postgres(**postgres.FORGETFUL) as server:
            yield server.url


@pytest.fixture
def postgres_url(postgres_server: str) -> Iterator[str]:
    """The address of an empty database."""
    with postgres.database(postgres_server) as url:
        yield url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str | None:
    """THREESTEPS_DATABASE_URL for each engine; SQLite has none."""
    if request.param == "sqlite":
        return None
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture(scope="module")
def browser(request: pytest.FixtureRequest) -> Iterator[Browser]:
    """Chromium, or the browser that the test's parameter names; without it the test fails.

    One a module: while Playwright's synchronous API is open, no other event loop can run.
    """
    name = getattr(request, "param", "chromium")
    path = browsers.need(name)
    with sync_playwright() as playwright:
        launched = launch(playwright, name, path)
        yield launched
        launched.close()


def launch(playwright: Playwright, name: str, path: Path, *flags: str, **options: Any) -> Browser:
    """Start an installed browser; Chromium reaches this machine only, and writes in one font."""
    if name == "firefox":
        return playwright.firefox.launch(
            channel="moz-firefox", executable_path=path, firefox_user_prefs=PREFERENCES
        )
    unboxed = ("--no-sandbox",) if os.geteuid() == 0 else ()
    return playwright.chromium.launch(
        executable_path=path,
        args=[*FLAGS, *unboxed, *flags],
        env={**os.environ, "FONTCONFIG_FILE": str(FONTS)},
        **options,
    )


@pytest.fixture
def open_page(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """Open a page in a fresh context, with the options of ``Browser.new_context``.

    An error that a page does not catch fails the test.
    """
    errors: list[str] = []
    pages = request.node.stash[PAGES] = []

    def note(error: WebError) -> None:
        if not (error.error.name or str(error.error)).startswith(NOTES):
            errors.append(str(error.error))

    def open_one(**options: object) -> Page:
        page = browser.new_context(**options).new_page()  # type: ignore[arg-type] # as they come
        page.context.on("weberror", note)
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
