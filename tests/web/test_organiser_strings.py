"""The console says everything in every language."""

import re
import tomllib
from pathlib import Path

from widget_server import assets, errors
from widget_server.web.desk import strings
from widget_server.web.organiser import AREA
from widget_server.web.strings import Sentence

FOLDER = assets.folder("templates") / "organiser" / "strings"
PACKAGE = Path(errors.__file__).parent


def sentences(language: str) -> dict[str, Sentence]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def test_every_sentence_is_said_somewhere() -> None:
    files = [*FOLDER.parent.rglob("*.html"), *FOLDER.parents[1].glob("desk/*.html")]
    files += [*(PACKAGE / "web" / "organiser").glob("*.py")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in files)
    built = re.compile(r"(page|all|did|part|who|subject|end|done|state|keep)_")
    for key in sentences("en"):
        assert built.match(key) or re.search(rf"""["']{key}["']""", said), key


def test_whatever_the_audit_may_hold_has_words() -> None:
    source = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    noted = r"(?:audit\.note\([^\"()]*|_noted\(|_change\(desk, )\"([^\"{]+)\""
    found = {*re.findall(noted, source), "every snippet revoked", "old snippets revoked"}
    assert len(found) > 5
    known = strings(AREA)["en"]
    assert [what for what in found if f"did_{what.lower().replace(' ', '_')}" not in known] == []
