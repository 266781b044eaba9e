"""The console says everything in every language."""

import re
import tomllib
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

from widget_server import assets, errors
from widget_server.web.organiser.desk import strings
from widget_server.web.strings import Sentence

FOLDER = assets.folder("templates") / "organiser" / "strings"
LANGUAGES = ["en", "es", "zh-Hant"]
PACKAGE = Path(errors.__file__).parent


def sentences(language: str) -> dict[str, Sentence]:
    return tomllib.loads((FOLDER / f"{language}.toml").read_text(encoding="utf-8"))


def placeholders(sentence: Sentence) -> set[str]:
    forms = [sentence] if isinstance(sentence, str) else sentence.values()
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_the_same_sentences_as_english(language: str) -> None:
    assert list(sentences(language)) == list(sentences("en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sentence_has_the_same_placeholders_in_each_language(language: str) -> None:
    english = sentences("en")
    for key, sentence in sentences(language).items():
        assert placeholders(sentence) == placeholders(english[key]), key


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_has_a_form_for_each_plural_of_the_language(language: str) -> None:
    locale = Locale.parse(language, sep="-")
    wanted = {locale.plural_form(n) for n in range(1, 100)}
    counted = [form for form in sentences(language).values() if not isinstance(form, str)]
    assert counted
    assert all(forms.keys() == wanted for forms in counted)


def test_every_sentence_is_said_somewhere() -> None:
    files = [*(FOLDER.parent).rglob("*.html"), *(PACKAGE / "web" / "organiser").glob("*.py")]
    said = "\n".join(path.read_text(encoding="utf-8") for path in files)
    built = re.compile(r"(page|all|did|part|who|subject|end|done|state|keep)_")
    for key in sentences("en"):
        assert built.match(key) or re.search(rf"""["']{key}["']""", said), key


def test_whatever_the_audit_may_hold_has_words() -> None:
    source = "\n".join(path.read_text() for path in PACKAGE.rglob("*.py"))
    noted = r"(?:audit\.note\([^\"()]*|_noted\(|_change\(desk, )\"([^\"{]+)\""
    found = {*re.findall(noted, source), "every snippet revoked", "old snippets revoked"}
    assert len(found) > 5
    known = strings()["en"]
    assert [what for what in found if f"did_{what.lower().replace(' ', '_')}" not in known] == []
