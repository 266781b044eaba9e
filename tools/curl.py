"""A curl for the tests of the documents, which are written for people who have one."""

import shutil

from . import debian

ADVICE = "The tests need curl. Install it (on Debian: apt-get install curl)."


def need() -> None:
    """See to it that ``curl`` can be called by its name; RuntimeError, which says what to do."""
    if not shutil.which("curl") and not debian.install("curl"):
        raise RuntimeError(ADVICE)
