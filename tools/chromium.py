"""A Chrome or Chromium for the tests: ``python -m tools.browsers`` makes sure of one.

In order: one that is installed, one that Playwright fetches, Debian's package where we may
install it; else a sentence that says what to install.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from . import debian

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = (
    "The tests need a real browser, and none could be found or fetched. "
    "Install Chrome or Chromium (on Debian: apt-get install chromium), then run make test again."
)


def find() -> Path | None:
    """A browser that starts, the system's before Playwright's own; None without one."""
    return next(filter(_starts, _candidates()), None)


def ensure() -> Path | None:
    """The browser that is installed, after trying to install one; None when nothing helped."""
    found = find()
    for attempt in (_fetch, _install, _fetch_with_libraries):
        if found:
            break
        attempt()
        found = find()
    return found


def ensure_fonts() -> None:
    """Try to install what a phone writes with, where it is not yet."""
    listed = subprocess.run(["fc-list"], capture_output=True, text=True, check=False).stdout
    if "Roboto" not in listed or "CJK" not in listed:
        debian.install("fonts-roboto-unhinted", "fonts-liberation", "fonts-noto-cjk")


def _candidates() -> Iterator[Path]:
    for name in NAMES:
        if path := shutil.which(name):
            yield Path(path)
    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    yield Path(path)


def _starts(path: Path) -> bool:
    """Whether it is a browser: Ubuntu's ``chromium-browser`` may only say where to get one."""
    try:
        return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _fetch(*options: str) -> None:
    command = [sys.executable, "-m", "playwright", "install", *options, "chromium"]
    subprocess.run(command, capture_output=True, check=False)


def _install() -> None:
    debian.install("chromium")


def _fetch_with_libraries() -> None:
    if os.geteuid() == 0:
        _fetch("--with-deps")
