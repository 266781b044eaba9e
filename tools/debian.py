"""Debian packages, where we may install them."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from widget_server.private import locked

#: Tests that run side by side install one after the other.
LOCK = Path(tempfile.gettempdir(), "threesteps-debian.lock")


def install(*packages: str) -> bool:
    """Install packages and say whether that worked; False too where we are not allowed to."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    commands = (["update"], ["install", "-y", "--no-install-recommends", *packages])
    with locked(LOCK):
        return all(_apt_get(command) for command in commands)


def _apt_get(arguments: list[str]) -> bool:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    done = subprocess.run(
        ["apt-get", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0
