"""A campaign's files: text in, values out, and every mistake with its file and line."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from .placeholders import refused

#: The form of an address on the web, of a campaign's name and of an address for letters, in words.
HTTPS = (r"https://[^\s<>\"]+", "an https address")
SLUG = (r"[a-z0-9][a-z0-9-]{0,62}", "made of small letters, digits and hyphens")
EMAIL = (r"[^@\s<>?&]+@[^@\s<>?&]+", "an email address")

#: What Python takes for the kind of value and TOML does not.
_NARROWER: Mapping[type, tuple[type, ...]] = {int: (bool,), date: (datetime,)}


@dataclass(frozen=True, slots=True)
class Problem:
    """A mistake in a campaign's files, as a sentence; ``line`` counts from 1."""

    file: Path
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A text file that collects what is wrong with it in ``problems``."""

    path: Path
    lines: Sequence[str]
    problems: list[Problem]

    @classmethod
    def read(cls, path: Path, problems: list[Problem]) -> "SourceFile":
        """An absent or unreadable file is empty, and a problem."""
        try:
            return cls(path, _lines(path.read_text("utf-8")), problems)
        except FileNotFoundError:
            fault = "is missing"
        except OSError as error:
            fault = f"cannot be read ({error.strerror})"
        except UnicodeDecodeError:
            fault = "is not UTF-8"
        problems.append(Problem(path, 1, f"The file {fault}."))
        return cls(path, [], problems)

    def note(self, line: int, sentence: str) -> None:
        """Add a mistake."""
        self.problems.append(Problem(self.path, line, sentence))

    def table(self, first: int = 0, last: int | None = None) -> "Table":
        """The TOML between two line indexes (the whole file by default) as its root table."""
        try:
            values = tomllib.loads("\n".join(self.lines[first:last]))
        except tomllib.TOMLDecodeError as error:
            place = re.search(r"at line (\d+)", str(error))
            line = first + int(place.group(1)) if place else len(self.lines)
            self.note(line, f"This is not TOML: {error}.")
            values = {}
        return Table(self, values, first + 1)

    def line_of(self, pattern: str, after: int = 1) -> int | None:
        """The number of the first line that matches, from line ``after`` on."""
        for number, line in enumerate(self.lines[after - 1 :], after):
            if re.match(pattern, line):
                return number
        return None

    def line_with(self, text: str, after: int) -> int:
        """The number of the first line that contains the text, or ``after`` itself."""
        numbered = enumerate(self.lines[after - 1 :], after)
        return next((number for number, line in numbered if text in line), after)


@dataclass(frozen=True, slots=True)
class Table:
    """A TOML table whose readers note what is missing or wrong and return a harmless value.

    ``line`` is where it begins. Every key that nobody asked for is a mistake too: see ``close``.
    """

    file: SourceFile
    values: dict[str, Any]
    line: int
    asked: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Whether a key that may be absent is there."""
        self.asked.add(key)
        return key in self.values

    def text(self, key: str, allowed: frozenset[str] = frozenset()) -> str:
        """A text that must be there, with no placeholder but the allowed ones."""
        value = self._value(key, str, "a text")
        text = value.strip() if isinstance(value, str) else ""
        if value is not None and not text:
            self.note(key, f"{key!r} is empty.")
        for brace in refused(text, allowed):
            line = self.file.line_with(brace, self.line_of(key))
            self.file.note(line, f"{brace} is not a placeholder that {key!r} may have.")
        return text

    def matching(self, key: str, pattern: str, what: str) -> str:
        """A text of a certain form; ``what`` describes it."""
        text = self.text(key)
        if text and not re.fullmatch(pattern, text):
            self.note(key, f"{key!r} is not {what}: {text!r}.")
        return text

    def choice(self, key: str, options: Sequence[str], default: str) -> str:
        """One of the options; the default when the key is absent."""
        if not self.has(key):
            return default
        value = self.text(key)
        if value not in options:
            self.note(key, f"{key!r} is none of {', '.join(options)}.")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts that must be there."""
        values = self._value(key, list, "a list of texts") or []
        if not all(isinstance(value, str) and value for value in values):
            self.note(key, f"{key!r} has something that is not a text.")
        return tuple(str(value) for value in values)

    def number(self, key: str, least: int = 1) -> int:
        """A number of at least ``least``."""
        value = self._value(key, int, "a number")
        if value is not None and value < least:
            self.note(key, f"{key!r} is not a number of at least {least}.")
        return int(value or 0)

    def flag(self, key: str, default: bool) -> bool:
        """True or false; the default when the key is absent."""
        return bool(self._value(key, bool, "true or false")) if self.has(key) else default

    def instant(self, key: str) -> datetime:
        """A moment with its offset from UTC."""
        value = self._value(key, datetime, "a moment such as 2027-01-03T12:00:00-05:00")
        if value is not None and value.tzinfo is None:
            self.note(key, f"{key!r} does not say its offset from UTC.")
            value = None
        return value or datetime.fromisoformat("0001-01-01T00:00:00+00:00")

    def day(self, key: str) -> date:
        """A day without a time."""
        value = self._value(key, date, "a day such as 2026-12-01")
        return value or date.min

    def one(self, key: str) -> "Table":
        """A table that must be there."""
        value = self._value(key, dict, "a table") or {}
        header = self.file.line_of(rf"\s*\[\s*{re.escape(key)}\s*\]")
        return Table(self.file, value, header or self.line)

    def many(self, key: str) -> tuple["Table", ...]:
        """A list of tables, at least one."""
        values = self._value(key, list, "a list of tables") or []
        tables = [value for value in values if isinstance(value, dict)]
        if key in self.values and not tables:
            self.note(key, f"{key!r} has no table.")
        lines = [*self._headers(key), *[self.line] * len(tables)]
        return tuple(
            Table(self.file, table, line) for table, line in zip(tables, lines, strict=False)
        )

    def close(self) -> None:
        """Note every key that nobody asked for: most often a misspelt one."""
        for key in [key for key in self.values if key not in self.asked]:
            self.note(key, f"{key!r} is not a key that is known here.")

    def note(self, key: str, sentence: str) -> None:
        """Add a mistake at the key's line."""
        self.file.note(self.line_of(key), sentence)

    def line_of(self, key: str) -> int:
        """The line of a key or of a table of that name; of this table when there is neither."""
        name = rf"(?:{re.escape(key)}|\"{re.escape(key)}\")"
        pattern = rf"\s*(?:{name}\s*[=.]|\[\[?\s*{name}\s*\])"
        return self.file.line_of(pattern, self.line) or self.line

    def _value(self, key: str, kind: type, what: str) -> Any:
        self.asked.add(key)
        value = self.values.get(key)
        if value is None:
            self.file.note(self.line, f"{key!r} is missing.")
        elif not isinstance(value, kind) or type(value) in _NARROWER.get(kind, ()):
            self.note(key, f"{key!r} is not {what}.")
            return None
        return value

    def _headers(self, key: str) -> Iterator[int]:
        line = self.file.line_of(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]", self.line)
        while line is not None:
            yield line
            line = self.file.line_of(rf"\s*\[\[\s*{re.escape(key)}\s*\]\]", line + 1)


def _lines(text: str) -> list[str]:
    """As TOML ends them: a line separator that was pasted with a text belongs to it."""
    return text.removesuffix("\n").split("\n") if text else []


def refuse_twins(ids: Sequence[str], tables: Sequence[Table]) -> None:
    """Note each id that one of the tables before had already."""
    for index, (each, table) in enumerate(zip(ids, tables, strict=True)):
        if each in ids[:index]:
            table.note("id", f"The id {each!r} is used twice.")
