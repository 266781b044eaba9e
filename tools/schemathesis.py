"""Schemathesis, which asks a service everything that its OpenAPI document allows.

It has an environment of its own: as a plug-in it would join every run of pytest, with eleven
packages that nothing else needs. Their versions are in constraints.txt too.
"""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from . import venv

VERSION = "4.32.5"
FOLDER = venv.ROOT / ".tools" / f"schemathesis-{VERSION}"


def program() -> Path:
    """Where it is, installed first; RuntimeError where no environment can be made."""
    found = FOLDER / "bin" / "schemathesis"
    if not found.is_file():
        if not venv.make(FOLDER):
            raise RuntimeError(venv.ADVICE)
        pip = (FOLDER / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--quiet")
        pins = ("--constraint", venv.ROOT / "constraints.txt")
        subprocess.run([*pip, "install", *pins, f"schemathesis=={VERSION}"], check=True)
    return found


def run(
    document: str, *, examples: int, headers: Mapping[str, str], config: Path
) -> subprocess.CompletedProcess[str]:
    """Ask the service of a document this often for each of its operations.

    ``config`` is the path of a configuration; what the run leaves behind comes beside it.
    """
    command: list[str | Path] = [program(), "--config-file", config, "run", document]
    for name, value in headers.items():
        command += ["--header", f"{name}: {value}"]
    command += ["--max-examples", str(examples), "--no-color", "--workers", "1"]
    return subprocess.run(command, cwd=config.parent, capture_output=True, text=True, check=False)
