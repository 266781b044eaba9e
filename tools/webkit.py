"""A WebKit for the tests: ``python -m tools.browsers`` makes sure of one.

It is WebKitGTK with its own WebDriver, on a screen that only exists in memory (Xvfb). What is
installed is taken; else Debian's packages, where we may install them.
"""

import shutil
from pathlib import Path

from . import debian

DRIVER = "WebKitWebDriver"
SCREEN = "xvfb-run"
ADVICE = (
    "The tests need WebKitGTK with its driver and Xvfb, and they could not be found or installed. "
    "Install them (on Debian: apt-get install webkit2gtk-driver xvfb xauth), "
    "or leave WebKit out: BROWSERS=chromium,firefox."
)


def find() -> Path | None:
    """The driver, where a screen for it is installed too; None without either."""
    driver = shutil.which(DRIVER)
    return Path(driver) if driver and shutil.which(SCREEN) and shutil.which("xauth") else None


def ensure() -> Path | None:
    """The driver that is installed, after trying to install it; None when that failed."""
    return find() or (find() if debian.install("webkit2gtk-driver", "xvfb", "xauth") else None)
