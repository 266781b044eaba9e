"""What is known against the packages that we install: ``python -m tools.audit``.

pip-audit asks the advisory service about every pin of ``constraints.txt``. Where that service
cannot be reached, or knows nothing of a package, a short list of our own is read instead, and a
loud line names what nobody was asked about. pip-audit has an environment of its own, as it brings
more packages than it asks about.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name
from packaging.version import Version

from . import venv

VERSION = "2.10.1"
FOLDER = venv.ROOT / ".tools" / f"pip-audit-{VERSION}"
CONSTRAINTS = venv.ROOT / "constraints.txt"
KNOWN = Path(__file__).with_name("advisories.toml")
SECONDS = 120

Pins = Mapping[str, Version]


@dataclass(frozen=True, slots=True)
class Audit:
    """What was found, a line each, and the packages that nobody was asked about."""

    findings: tuple[str, ...]
    unasked: tuple[str, ...]


def pins(text: str) -> Pins:
    """The packages of a constraints file, by their canonical name."""
    lines = (line.split("#")[0].strip() for line in text.splitlines())
    pairs = (line.split("==") for line in lines if "==" in line)
    return {canonicalize_name(name): Version(version) for name, version in pairs}


def known_bad(pinned: Pins, advisories: str) -> Iterator[str]:
    """What our own list has against these versions."""
    for each in tomllib.loads(advisories)["advisory"]:
        name, version = each["package"], pinned.get(each["package"])
        if version is not None and version < Version(each["below"]):
            yield f"{name} {version}: {each['id']}, mended in {each['below']}"


def answered(pinned: Pins, report: str) -> Audit:
    """What pip-audit's report in JSON says, which may be empty."""
    said: list[dict[str, Any]] = json.loads(report)["dependencies"] if report else []
    asked = {canonicalize_name(each["name"]): each for each in said if "skip_reason" not in each}
    findings = (
        f"{name} {each['version']}: {found['id']}, mended in {', '.join(found['fix_versions'])}"
        for name, each in asked.items()
        for found in each["vulns"]
    )
    return Audit(tuple(findings), tuple(name for name in pinned if name not in asked))


def said(pinned: Pins, audit: Audit) -> Iterator[str]:
    """The audit in words, what is bad first."""
    yield from (f"KNOWN TO BE BAD: {line}" for line in audit.findings)
    if audit.unasked:
        yield (
            f"NOT ASKED: the advisory service said nothing about {len(audit.unasked)} of "
            f"{len(pinned)} packages ({', '.join(audit.unasked[:5])} ...). "
            f"Only {KNOWN.name} was read for them."
        )
    yield f"{len(pinned)} packages audited, {len(audit.findings)} known to be bad."


def report() -> str:
    """What pip-audit prints, or nothing where it cannot ask."""
    program = FOLDER / "bin" / "pip-audit"
    options = ("--no-deps", "--disable-pip", "--format", "json", "--progress-spinner", "off")
    try:
        _install(program)
        done = subprocess.run(
            [program, "--requirement", CONSTRAINTS, *options],
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except (RuntimeError, OSError, subprocess.SubprocessError):
        return ""
    return done.stdout


def _install(program: Path) -> None:
    if program.is_file():
        return
    if not venv.make(FOLDER):
        raise RuntimeError(venv.ADVICE)
    pip = (FOLDER / "bin" / "python", "-m", "pip", "--disable-pip-version-check", "--quiet")
    pinned = ("--constraint", CONSTRAINTS, f"pip-audit=={VERSION}")
    subprocess.run([*pip, "install", *pinned], check=True, capture_output=True, timeout=SECONDS)


def main() -> int:
    """Say what was found and what was not asked; 1 when something is known to be bad."""
    pinned = pins(CONSTRAINTS.read_text())
    audit = answered(pinned, report())
    findings = (*audit.findings, *known_bad(pinned, KNOWN.read_text()))
    for line in said(pinned, Audit(findings, audit.unasked)):
        print(line)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
