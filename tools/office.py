"""A LibreOffice for the tests, which opens what we export as an organiser would.

What is installed is taken; else Debian's package without windows, where we may install it:
30 s, and 400 MB on the disk.
"""

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from . import debian

ADVICE = (
    "The tests need LibreOffice Calc, and it could not be found or installed. "
    "Install it (on Debian: apt-get install --no-install-recommends libreoffice-calc-nogui)."
)


def need() -> Path:
    """The program, installed first where that is possible; RuntimeError, which says what to do."""
    found = shutil.which("soffice")
    if not found and debian.install("libreoffice-calc-nogui"):
        found = shutil.which("soffice")
    if not found:
        raise RuntimeError(ADVICE)
    return Path(found)


def convert(files: Sequence[Path], form: str, reading: str, folder: Path) -> None:
    """Open files as the import filter ``reading`` says, and save each as ``form`` in a folder.

    Nothing of the user's own LibreOffice is touched.
    """
    with TemporaryDirectory() as profile:
        options = (f"-env:UserInstallation=file://{profile}", "--headless", f"--infilter={reading}")
        command: list[str | Path] = [need(), *options, "--convert-to", form, "--outdir", folder]
        subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
