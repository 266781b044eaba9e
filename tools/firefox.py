"""A Firefox for the tests: ``python -m tools.browsers`` makes sure of one.

Playwright drives the stock browser that a distribution ships. One that is installed is taken;
else Debian's package, where we may install it.
"""

import re
import shutil
import subprocess
from pathlib import Path

from . import debian

NAMES = ("firefox-esr", "firefox")
#: The first that understands what Playwright asks of it.
OLDEST = 143
ADVICE = (
    f"The tests need Firefox {OLDEST} or later, and none could be found or installed. Install it "
    "(on Debian, with its security updates: apt-get install firefox-esr), or leave it out: "
    "BROWSERS=chromium."
)


def find() -> Path | None:
    """A Firefox that starts and is new enough; None without one."""
    installed = filter(None, map(shutil.which, NAMES))
    return next((Path(path) for path in installed if _version(path) >= OLDEST), None)


def ensure() -> Path | None:
    """The Firefox that is installed, after trying to install one; None when that failed."""
    return find() or (find() if debian.install("firefox-esr") else None)


def _version(path: str) -> int:
    """Its major version; 0 for what is no browser: Ubuntu's may only say where to get one."""
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.search(r"Firefox (\d+)", said)
    return int(found[1]) if found else 0
