"""The browsers that the tests run in: ``python -m tools.browsers`` makes sure of them.

The environment variable BROWSERS names them, as in ``BROWSERS=chromium,firefox``; without it
they are all three. Chromium always belongs to them: most tests run in it alone.
"""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

from . import chromium, firefox, webkit

BROWSERS = {"chromium": chromium, "firefox": firefox, "webkit": webkit}


def selected(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """The names that BROWSERS selects; an unknown one ends the run with a sentence."""
    wanted = {name.strip() for name in environ.get("BROWSERS", ",".join(BROWSERS)).split(",")}
    if unknown := wanted - BROWSERS.keys():
        sys.exit(f"BROWSERS names {', '.join(sorted(unknown))!r}; there are {', '.join(BROWSERS)}.")
    return tuple(name for name in BROWSERS if name in wanted | {"chromium"})


def need(name: str) -> Path:
    """The program of one browser, installed first where that is possible.

    Raises RuntimeError, which says what to install, when there is none.
    """
    path: Path | None = BROWSERS[name].ensure()
    if path is None:
        raise RuntimeError(BROWSERS[name].ADVICE)
    return path


def main() -> str | None:
    """Make sure of every selected browser; returns what is missing, for the terminal."""
    chromium.ensure_fonts()
    missing = [name for name in selected() if BROWSERS[name].ensure() is None]
    return "\n".join(BROWSERS[name].ADVICE for name in missing) or None


if __name__ == "__main__":
    sys.exit(main())
