"""The interface in each language: ``templates/strings/LANG.toml`` in, sentences out."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from ..places import NON_VOTING, ordinal, state_name

Sentence = str | Mapping[str, str]

#: A desk shows a hundred numbers, every three seconds, and few of them are new.
_decimal = lru_cache(maxsize=4096)(format_decimal)


class Strings:
    """One language's sentences, called by key: ``t("find")``, ``t("shown_by", partner="...")``.

    A sentence that counts has a form for each of the language's plurals (``one``, ``other``),
    chosen by the value named ``n``.
    """

    def __init__(self, language: str, sentences: Mapping[str, Sentence]) -> None:
        self.language = language
        self._locale = Locale.parse(language, sep="-")
        self._sentences = sentences

    def __call__(self, key: str, **values: Any) -> Markup:
        """The sentence, escaped, its ``{placeholders}`` filled with escaped values."""
        sentence = self._sentences[key]
        if not isinstance(sentence, str):
            form = self._locale.plural_form(values["n"])
            sentence = sentence.get(form, sentence["other"])
        return escape(sentence).format(**values)

    def __contains__(self, key: str) -> bool:
        """Whether there is a sentence of that key."""
        return key in self._sentences

    def error(self, code: str) -> str:
        """The sentence for an error code, or the general one."""
        return str(self._sentences.get(f"error_{code}") or self._sentences["error_internal"])

    def when(self, moment: date, skeleton: str) -> str:
        """A day or an instant with the fields that the skeleton names, as people order them.

        ``MMMd`` is ``Sep 2`` in English; the letters are those of CLDR.
        """
        return format_skeleton(skeleton, moment, locale=self._locale)

    def date(self, day: date) -> str:
        """A day as people write it: ``Sep 2, 2026``."""
        return format_date(day, "medium", locale=self._locale)

    def number(self, number: int) -> str:
        """A count as people write it: ``4,821``."""
        return _decimal(number, locale=self._locale)

    def percent(self, share: float) -> str:
        """A share in whole percents: ``19%``."""
        return format_percent(share, locale=self._locale)

    def seat(self, code: str) -> Markup:
        """A place by its code: ``"CA-11"``, ``"WY-0"``, ``"SC-SEN"``, ``"TX-HOUSE"``, ``"CA"``."""
        state, _, number = code.partition("-")
        if number == "0" and state in NON_VOTING:
            number = ""
        kinds = {"": "state", "0": "at_large", "SEN": "senate", "HOUSE": "house"}
        key = f"place_{kinds.get(number, 'numbered')}"
        nth = ordinal(int(number)) if number.isdigit() else ""
        return self(key, state=state_name(state), number=number, ordinal=nth)

    @property
    def language_name(self) -> str:
        """The language's own name for itself."""
        return str(self._sentences["language_name"])


def load_strings(*folders: Path) -> dict[str, Strings]:
    """Every language of the first folder, by its tag; a later folder has the last word."""
    tags = sorted(path.stem for path in folders[0].glob("*.toml"))
    return {tag: Strings(tag, _sentences(tag, folders)) for tag in tags}


def _sentences(tag: str, folders: Sequence[Path]) -> dict[str, Sentence]:
    found: dict[str, Sentence] = {}
    for folder in folders:
        found |= tomllib.loads((folder / f"{tag}.toml").read_text(encoding="utf-8"))
    return found


def match_language(wanted: str | None, available: Sequence[str], default: str) -> str:
    """The available tag that serves ``wanted``: itself, or one of the same language.

    Any Chinese tag gets Traditional Chinese, the one Chinese we write.
    """
    wanted = (wanted or "").lower()
    for tag in available:
        if wanted and (wanted == tag.lower() or wanted.split("-")[0] == tag.lower().split("-")[0]):
            return tag
    return default
