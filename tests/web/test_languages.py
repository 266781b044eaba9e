"""Whatever is said is said in every language: the widget, the partners' pages, the console."""

import tomllib
from pathlib import Path
from string import Formatter

import pytest
from babel import Locale

from widget_server import assets
from widget_server.web.desk import LANGUAGES
from widget_server.web.strings import Sentence

TEMPLATES = assets.folder("templates")
EVERYWHERE = pytest.mark.parametrize(
    "folder",
    [TEMPLATES / "strings", TEMPLATES / "partner/strings", TEMPLATES / "organiser/strings"],
    ids=("widget", "partner", "organiser"),
)
IN_EACH = pytest.mark.parametrize("language", LANGUAGES)

#: Numbers are counted or ranked, as the language likes.
RANKS = {"number", "ordinal"}


def sentences(folder: Path, language: str) -> dict[str, Sentence]:
    return tomllib.loads((folder / f"{language}.toml").read_text(encoding="utf-8"))


def placeholders(sentence: Sentence) -> set[str]:
    forms = [sentence] if isinstance(sentence, str) else sentence.values()
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name} - RANKS


@EVERYWHERE
def test_the_languages_are_those_we_promise(folder: Path) -> None:
    assert {path.stem for path in folder.iterdir()} == set(LANGUAGES)


@EVERYWHERE
@IN_EACH
def test_a_language_has_the_same_sentences_as_english(folder: Path, language: str) -> None:
    assert list(sentences(folder, language)) == list(sentences(folder, "en"))


@EVERYWHERE
@IN_EACH
def test_a_sentence_has_the_same_placeholders_in_each_language(folder: Path, language: str) -> None:
    english = sentences(folder, "en")
    for key, sentence in sentences(folder, language).items():
        assert placeholders(sentence) == placeholders(english[key]), key


@EVERYWHERE
@IN_EACH
def test_what_is_counted_has_a_form_for_each_plural(folder: Path, language: str) -> None:
    locale = Locale.parse(language, sep="-")
    wanted = {locale.plural_form(n) for n in range(1, 100)}
    counted = [form for form in sentences(folder, language).values() if not isinstance(form, str)]
    assert counted
    assert all(forms.keys() == wanted for forms in counted)
