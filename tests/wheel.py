"""The wheel as somebody installs it: an empty folder in, the command of an environment out."""

import subprocess
import sys
import sysconfig
from pathlib import Path

ROOT = Path(__file__).parents[1]


def install_wheel(folder: Path, *, downloading: bool = False) -> Path:
    """The wheel's ``threesteps`` in a new environment that cannot see the checkout.

    Its dependencies are those of the tests' own environment, or, ``downloading``, what pip
    fetches for it at the pinned versions.
    """
    _run_module("hatchling", "build", "-t", "wheel", "-d", folder / "dist")
    (wheel,) = (folder / "dist").glob("*.whl")
    environment = folder / "venv"
    _run_module("venv", "--without-pip", environment)
    install = ("pip", "--python", environment / "bin" / "python", "install", "--quiet", wheel)
    if downloading:
        _run_module(*install, "--constraint", ROOT / "constraints.txt")
    else:
        _run_module(*install, "--no-deps", "--no-index")
        (site,) = environment.glob("lib/python*/site-packages")
        (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
    return environment / "bin" / "threesteps"


def _run_module(name: str, *arguments: str | Path) -> None:
    """Run a module of the test's own Python in the checkout."""
    subprocess.run([sys.executable, "-m", name, *arguments], cwd=ROOT, check=True)
