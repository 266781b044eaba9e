"""A Chrome or Chromium for the tests: ``python -m tools.chromium`` makes sure of one.

In order: one that is installed, one that Playwright fetches, Debian's package where we may
install it; else a sentence that says what to install.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
ADVICE = (
    "The tests need a real browser, and none could be found or fetched. "
    "Install Chrome or Chromium (on Debian: apt-get install chromium), then run make test again."
)


def find() -> Path | None:
    """The browser that is installed, the system's before Playwright's own; None without one."""
    paths = [Path(path) for name in NAMES if (path := shutil.which(name))]
    return paths[0] if paths else _playwrights()


def ensure() -> Path | None:
    """The browser that is installed, after trying to install one; None when nothing helped."""
    return find() or _fetched() or _debians()


def _playwrights() -> Path | None:
    with sync_playwright() as playwright:
        path = Path(playwright.chromium.executable_path)
    return path if path.is_file() else None


def _fetched() -> Path | None:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    _run(command)
    return _playwrights()


def _debians() -> Path | None:
    if os.geteuid() == 0 and shutil.which("apt-get"):
        _run(["apt-get", "update"])
        _run(["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"])
    return find()


def _run(command: list[str]) -> None:
    """Try a command; whether it helped is seen by what it leaves."""
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)


if __name__ == "__main__":
    sys.exit(None if ensure() else ADVICE)
