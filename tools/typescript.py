"""Run the TypeScript compiler: ``python -m tools.typescript ARGUMENTS``."""

import subprocess
import sys

from . import npm

VERSION = "6.0.3"


def main(arguments: list[str]) -> int:
    """Compile, or check, as ``arguments`` say; returns the compiler's exit code."""
    compiler = npm.package("typescript", VERSION) / "lib" / "tsc.js"
    return subprocess.run([npm.NODE, compiler, *arguments], check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
