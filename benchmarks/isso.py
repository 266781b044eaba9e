"""Isso, which keeps the comments of other people's pages in SQLite, as loads.

It runs as its own container does, with four processes of gunicorn. Only its guard, which takes
two comments a minute from an address, is off.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx

from tests.serving import free_port

from .peer import environment, running
from .wrk import Load

VERSION = "0.14.0"
GUNICORN = "27.0.1"
SERVER = ("-w", "4", "--preload", "--worker-tmp-dir", "/dev/shm", "isso.run")
CONFIGURATION = """
[general]
dbpath = {folder}/comments.db
host = {origin}/
[guard]
enabled = false
"""
COMMENT = {
    "author": "Chan Tai Man",
    "email": "person@example.org",
    "text": "I support this bill.",
    "title": "A page",
}


@dataclass(frozen=True, slots=True)
class Isso:
    """The three comments of a page; and one more comment on another page."""

    fetch: Load
    post: Load


@contextmanager
def isso() -> Iterator[Isso]:
    """A running one. Raises PeerError."""
    program = environment("isso", f"isso=={VERSION}", f"gunicorn=={GUNICORN}") / "gunicorn"
    with TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        origin = f"http://127.0.0.1:{port}"
        settings = folder / "isso.cfg"
        settings.write_text(CONFIGURATION.format(folder=folder, origin=origin))
        command = [str(program), "-b", f"127.0.0.1:{port}", *SERVER]
        with running(command, folder, f"{origin}/info", {"ISSO_SETTINGS": str(settings)}):
            for _ in range(3):
                _comment(f"{origin}/new?uri=/page/")
            yield Isso(Load(f"{origin}/?uri=/page/"), _posting(f"{origin}/new?uri=/other/"))


def _comment(url: str) -> None:
    httpx.post(url, json=COMMENT, trust_env=False).raise_for_status()


def _posting(url: str) -> Load:
    headers = {"Content-Type": "application/json"}
    return Load(url, method="POST", headers=headers, bodies=[json.dumps(COMMENT)])
