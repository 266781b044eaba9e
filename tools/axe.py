"""The accessibility checker axe-core, as the script that a page runs."""

from . import npm

VERSION = "4.14.1"


def source() -> str:
    """The text of ``axe.min.js``, fetched once."""
    return (npm.package("axe-core", VERSION) / "axe.min.js").read_text(encoding="utf-8")
