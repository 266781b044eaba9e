"""Make a virtual environment, whatever this Python lacks: ``python3 -m tools.venv FOLDER``.

Debian and Ubuntu ship Python without ``ensurepip``, so that ``python3 -m venv`` alone fails
there. Only the standard library is imported: this runs before anything is installed.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from . import debian

ROOT = Path(__file__).parent.parent
ADVICE = (
    "Cannot make a virtual environment with this Python. "
    "Install Debian's python3-venv (apt-get install python3-venv), then run make again."
)


def make(folder: Path) -> bool:
    """Make a working environment in ``folder``; False when none of the ways worked.

    The ways, in order: the standard library, Debian's package where we may install it, and
    virtualenv through pip.
    """
    ways: tuple[Callable[[Path], bool], ...] = (_standard, _with_debian_package, _virtualenv)
    return _works(folder) or any(way(folder) and _works(folder) for way in ways)


def _works(folder: Path) -> bool:
    return _runs(folder / "bin" / "python", "-m", "pip", "--version")


def _standard(folder: Path) -> bool:
    return _runs(sys.executable, "-m", "venv", "--clear", folder)


def _with_debian_package(folder: Path) -> bool:
    package = f"python3.{sys.version_info.minor}-venv"
    return debian.install(package) and _standard(folder)


def _virtualenv(folder: Path) -> bool:
    tool = ROOT / ".tools" / "virtualenv"
    pip = (sys.executable, "-m", "pip", "--quiet", "install", "--upgrade", "--target", tool)
    if not _runs(*pip, "--constraint", ROOT / "constraints.txt", "virtualenv"):
        return False
    return _runs("env", f"PYTHONPATH={tool}", sys.executable, "-m", "virtualenv", "--clear", folder)


def _runs(*command: str | Path) -> bool:
    """Whether a command exists and succeeds; its output is of no interest."""
    try:
        done = subprocess.run(command, capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(None if make(Path(sys.argv[1])) else ADVICE)
