"""Somebody else's service: packages and a command in, one that runs on 127.0.0.1 out.

Each has a virtual environment of its own, which is made on first use and kept for the next run.
"""

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import httpx

from tools import venv

from .kept import KEPT

READY_SECONDS = 60
STOP_SECONDS = 20


class PeerError(Exception):
    """It cannot be had here; the reason is in its or pip's own words."""


def environment(name: str, *requirements: str) -> Path:
    """The folder of programs of an environment that holds these packages. Raises PeerError."""
    folder = KEPT / "peers" / name
    made = folder / "made"
    if not made.exists():
        print(f"Installing {requirements[0]}, about a minute ...", file=sys.stderr)
        folder.parent.mkdir(parents=True, exist_ok=True)
        if not venv.make(folder):
            raise PeerError(venv.ADVICE)
        run([folder / "bin" / "pip", "install", "--quiet", *requirements])
        made.touch()
    return folder / "bin"


def run(command: Sequence[str | Path], folder: Path | None = None) -> str:
    """What a command prints; raises PeerError with the last of what it said."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise PeerError("\n".join((done.stdout + done.stderr).splitlines()[-5:]))
    return done.stdout


@contextmanager
def running(
    command: Sequence[str | Path], folder: Path, url: str, environ: Mapping[str, str] | None = None
) -> Iterator[None]:
    """Run a service in this folder until the block ends. It has answered at ``url``.

    The folder is its home too, and ``environ`` adds variables. Raises PeerError.
    """
    path = folder / "service.log"
    variables = {**os.environ, "HOME": str(folder), **(environ or {})}
    with path.open("w") as log:
        process = subprocess.Popen(
            command, cwd=folder, env=variables, stdout=log, stderr=subprocess.STDOUT
        )
    try:
        _wait_until_ready(process, url, path)
        yield
    finally:
        process.terminate()
        process.wait(STOP_SECONDS)


def _wait_until_ready(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            if httpx.get(url, trust_env=False).is_success:
                return
        except httpx.TransportError:
            pass
        time.sleep(0.1)
    raise PeerError("\n".join(log.read_text().splitlines()[-5:]))
