"""A Firefox for the tests: ``python -m tools.browsers`` makes sure of one.

Playwright drives the stock browser that a distribution ships. One that is installed is taken;
else Debian's package, where we may install it.
"""

import shutil
import subprocess
from pathlib import Path

from . import debian

NAMES = ("firefox-esr", "firefox")
ADVICE = (
    "The tests need Firefox, and none could be found or installed. "
    "Install it (on Debian: apt-get install firefox-esr), or leave it out: BROWSERS=chromium."
)


def find() -> Path | None:
    """A Firefox that starts; None without one."""
    installed = map(shutil.which, NAMES)
    return next((Path(path) for path in installed if path and _starts(path)), None)


def ensure() -> Path | None:
    """The Firefox that is installed, after trying to install one; None when that failed."""
    return find() or (find() if debian.install("firefox-esr") else None)


def _starts(path: str) -> bool:
    """Whether it is a browser: Ubuntu's ``firefox`` may only say where to get one."""
    return subprocess.run([path, "--version"], capture_output=True, check=False).returncode == 0
