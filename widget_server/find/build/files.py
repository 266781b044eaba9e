"""Upstream files: a folder in, their parsed content out, each fault named by file and place."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from ...errors import RosterError

T = TypeVar("T")


def read_bytes(folder: Path, name: str) -> bytes:
    """Raises RosterError when the file is not there."""
    try:
        return (folder / name).read_bytes()
    except OSError as error:
        raise RosterError(f"{name}: cannot be read in {folder} ({error.strerror}).") from None


def read_text(folder: Path, name: str) -> str:
    """The text of a table, whose last line must have an end: else the file was cut short."""
    try:
        text = read_bytes(folder, name).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RosterError(f"{name}: not UTF-8 ({error.reason}).") from None
    if not text.endswith("\n"):
        raise RosterError(f"{name}: the last line is cut short.")
    return text


def digest(folder: Path, name: str) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return sha256(read_bytes(folder, name)).hexdigest()


def read_json(folder: Path, name: str, shape: type[T]) -> T:
    """The content of a JSON file whose outermost value is a ``shape``."""
    try:
        content = json.loads(read_bytes(folder, name))
    except UnicodeDecodeError as error:
        raise RosterError(f"{name}: not UTF-8 ({error.reason}).") from None
    except json.JSONDecodeError as error:
        raise RosterError(f"{name}, line {error.lineno}: {error.msg}; is it cut short?") from None
    if not isinstance(content, shape):
        raise RosterError(f"{name}: holds a {type(content).__name__}, not a {shape.__name__}.")
    return content


def read_csv(folder: Path, name: str, columns: tuple[str, ...]) -> Iterator[tuple[int, list[str]]]:
    """Each row with its line number; line ends may be CRLF."""
    reader = csv.reader(io.StringIO(read_text(folder, name), newline=""))
    try:
        if tuple(next(reader)) != columns:
            raise RosterError(f"{name}, line 1: the columns are not {', '.join(columns)}.")
        for row in reader:
            if len(row) != len(columns):
                raise RosterError(f"{name}, line {reader.line_num}: not {len(columns)} columns.")
            yield reader.line_num, row
    except csv.Error as error:
        raise RosterError(f"{name}, line {reader.line_num}: {error}.") from None


class Record:
    """One object of a JSON file, which knows what to call itself when something is missing."""

    def __init__(self, content: Any, label: str) -> None:
        if not isinstance(content, Mapping):
            raise RosterError(f"{label}: not an object.")
        self._content = content
        self.label = label

    def __contains__(self, key: str) -> bool:
        return self._content.get(key) is not None

    def text(self, key: str) -> str:
        """A text that is there, of printable characters."""
        value = self._value(key, str).strip()
        if not value or not value.isprintable():
            raise self.fault(f"{key!r} is empty or holds control characters")
        return value

    def number(self, key: str) -> int:
        """A whole number that is there."""
        return self._value(key, int)

    def day(self, key: str) -> date:
        """An ISO day that is there."""
        try:
            return date.fromisoformat(self.text(key))
        except ValueError:
            raise self.fault(f"{key!r} is no day") from None

    def record(self, key: str) -> "Record":
        """An object inside this one."""
        return Record(self._value(key, dict), f"{self.label}, {key}")

    def records(self, key: str) -> list["Record"]:
        """The objects of a list inside this one."""
        label = f"{self.label}, {key}"
        return [Record(each, f"{label} {n}") for n, each in enumerate(self._value(key, list), 1)]

    def fault(self, what: str) -> RosterError:
        """The error that names this object and what is wrong with it."""
        return RosterError(f"{self.label}: {what}.")

    def _value(self, key: str, shape: type[T]) -> T:
        value = self._content.get(key)
        if not isinstance(value, shape):
            raise self.fault(f"{key!r} is not there" if value is None else f"{key!r} is {value!r}")
        return value
