"""The upstream files: their publishers, a mirror or a folder in, copies in a folder of ours out.

Files of the last sync are asked for conditionally: their ETags are kept beside them.
"""

import json
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx

from ...errors import RosterError
from ...settings import USER_AGENT
from ..build.people import ACCOUNTS, LEGISLATORS
from ..build.places import DISTRICTS

#: File by file: bytes so far, and of how many (None when that is not known).
Progress = Callable[[str, int, int | None], None]

_PEOPLE = "https://unitedstates.github.io/congress-legislators"
_ZIPS = "https://raw.githubusercontent.com/OpenSourceActivismTech/us-zipcodes-congress/master"

_VALIDATORS = "validators.json"
_TIMEOUT = httpx.Timeout(30, connect=10)
_SECONDS_A_FILE = 300

#: This machine is never behind a proxy.
_DIRECT = {"all://127.0.0.1": None, "all://localhost": None, "all://[::1]": None}


@dataclass(frozen=True, slots=True)
class Publication:
    """One upstream file, who publishes it, and between what sizes it is believed."""

    file: str
    publisher: str
    fewest_bytes: int
    most_bytes: int


PUBLICATIONS = (
    Publication(LEGISLATORS, _PEOPLE, 100_000, 20_000_000),
    Publication(ACCOUNTS, _PEOPLE, 10_000, 5_000_000),
    Publication(DISTRICTS, _ZIPS, 100_000, 20_000_000),
)


def fetch(
    origin: str | None, kept: Path | None, into: Path, progress: Progress = lambda *_: None
) -> date | None:
    """Bring every file into the folder ``into``.

    ``origin`` is a folder, the address of a mirror, or None for the publishers; ``kept`` is where
    the last sync left its files. Returns the day on which the publisher issued the list of
    legislators: None where only a copy's age is known. Raises RosterError naming the file.
    """
    if origin and not origin.startswith(("http://", "https://")):
        for publication in PUBLICATIONS:
            _copy(Path(origin), publication, into, progress)
        return None
    validators = {}
    with httpx.Client(
        headers={"User-Agent": USER_AGENT}, timeout=_TIMEOUT, mounts=_DIRECT
    ) as client:
        for publication in PUBLICATIONS:
            download = _Download(client, publication, origin, kept, into, progress)
            validators[publication.file] = download.run()
    (into / _VALIDATORS).write_text(json.dumps(validators, indent=2), encoding="utf-8")
    return _day(validators[LEGISLATORS].get("last-modified")) if origin is None else None


def _copy(folder: Path, publication: Publication, into: Path, progress: Progress) -> None:
    name = publication.file
    try:
        shutil.copyfile(folder / name, into / name)
    except OSError as error:
        raise RosterError(f"{name}: cannot be read in {folder} ({error.strerror}).") from None
    size = (into / name).stat().st_size
    _judge_size(publication, size)
    progress(name, size, size)


@dataclass(frozen=True, slots=True)
class _Download:
    """One file from one address."""

    client: httpx.Client
    publication: Publication
    origin: str | None
    kept: Path | None
    into: Path
    progress: Progress

    @property
    def url(self) -> str:
        base = self.origin or self.publication.publisher
        return f"{base.rstrip('/')}/{self.publication.file}"

    def run(self) -> dict[str, str]:
        """Bring the file; returns what the next request for it is conditional on."""
        before = self._validators()
        conditions = {
            header: before[name]
            for header, name in (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
            if name in before
        }
        try:
            with self.client.stream("GET", self.url, headers=conditions) as answer:
                return self._take(answer, before)
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
            raise self._fault(str(error) or type(error).__name__) from None

    def _take(self, answer: httpx.Response, before: dict[str, str]) -> dict[str, str]:
        if answer.status_code == 304 and before and self.kept:
            shutil.copyfile(self.kept / self.publication.file, self.into / self.publication.file)
            self.progress(self.publication.file, 1, 1)
            return before
        if answer.status_code != 200:
            raise self._fault(f"the answer is {answer.status_code}")
        self._write(answer)
        headers = (name for name in ("etag", "last-modified") if name in answer.headers)
        return {"url": self.url} | {name: answer.headers[name] for name in headers}

    def _write(self, answer: httpx.Response) -> None:
        name = self.publication.file
        length = answer.headers.get("content-length", "")
        whole = (
            int(length) if length.isdecimal() and "content-encoding" not in answer.headers else None
        )
        deadline, size = time.monotonic() + _SECONDS_A_FILE, 0
        with (self.into / name).open("wb") as file:
            for block in answer.iter_bytes():
                size += len(block)
                if size > self.publication.most_bytes or time.monotonic() > deadline:
                    raise self._fault("it does not end")
                file.write(block)
                self.progress(name, size, whole)
        _judge_size(self.publication, size)

    def _validators(self) -> dict[str, str]:
        """What the kept copy of this very address was sent with."""
        if self.kept is None or not (self.kept / self.publication.file).is_file():
            return {}
        try:
            content = json.loads((self.kept / _VALIDATORS).read_text(encoding="utf-8"))
            validators = dict(content[self.publication.file])
        except (OSError, ValueError, KeyError, TypeError):
            return {}
        return validators if validators.get("url") == self.url else {}

    def _fault(self, what: str) -> RosterError:
        return RosterError(f"{self.publication.file}: cannot be had from {self.url} ({what}).")


def _judge_size(publication: Publication, size: int) -> None:
    if not publication.fewest_bytes <= size <= publication.most_bytes:
        raise RosterError(
            f"{publication.file}: {size:,} bytes; it has between {publication.fewest_bytes:,} and "
            f"{publication.most_bytes:,}. Is it cut short, or something else?"
        )


def _day(http_date: str | None) -> date | None:
    try:
        return parsedate_to_datetime(http_date or "").date()
    except ValueError:
        return None
