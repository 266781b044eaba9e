"""What browsers get of others' code is theirs, and small."""

import gzip

from tools import hpke
from widget_server import assets
from widget_server.web.sealing import SCRIPTS

SEALER = 9_000


def test_the_library_is_the_packages_own_text() -> None:
    assert hpke.TARGET.read_text(encoding="utf-8") == hpke.bundle()


def test_the_library_comes_with_its_licence() -> None:
    licence = hpke.TARGET.with_suffix(".LICENSE").read_text(encoding="utf-8")
    assert licence.startswith("MIT License")


def test_what_seals_in_the_browser_is_small() -> None:
    text = "".join(map(assets.source, SCRIPTS))
    size = len(gzip.compress(text.encode(), 9))
    print(f"{size} bytes")
    assert size <= SEALER
