"""What Threesteps needs, to run or to be tested: installed packages in, facts out.

Each package is followed to those that it asks for itself, on this machine and this Python. Tools
with an environment of their own (pip-audit, schemathesis) are not among them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import distribution

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

OURS = "threesteps"
#: The extras of ``pyproject.toml``; the service runs without them.
EXTRAS = ("test", "check")

#: Licences as packages without an SPDX expression put it. Our BSD ones have three clauses.
_SPDX = {
    "Apache 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Dependency:
    """A package by its canonical name, its licence as an SPDX expression, and whom it asks for."""

    name: str
    version: str
    licence: str
    needs: tuple[str, ...]


def dependencies(*extras: str) -> tuple[Dependency, ...]:
    """Threesteps itself and everything that it needs, by name; raises PackageNotFoundError."""
    needs: dict[str, set[str]] = {}
    waiting = [Requirement(f"{OURS}[{','.join(extras)}]")]
    while waiting:
        wanted = waiting.pop()
        known = needs.setdefault(canonicalize_name(wanted.name), set())
        fresh = [each for each in _asked(wanted) if canonicalize_name(each.name) not in known]
        known.update(canonicalize_name(each.name) for each in fresh)
        waiting += fresh
    return tuple(_described(name, needs[name]) for name in sorted(needs))


def licence(metadata: Mapping[str, str | list[str]]) -> str:
    """What a package's metadata says of its licence; empty when that is nothing.

    Where it is no expression: a name in the field for it, not a licence's whole text, else the
    classifiers, all of them.
    """
    named = str(metadata.get("license", ""))
    expression = str(metadata.get("license_expression", ""))
    ends = (
        each.rpartition(" :: ")[2] for each in metadata.get("classifier", ()) if _is_licence(each)
    )
    short = named if len(named) <= _LONGEST_NAME else ""
    return (
        expression or _SPDX.get(short, short) or " AND ".join(_SPDX.get(end, end) for end in ends)
    )


def _is_licence(classifier: str) -> bool:
    return classifier.startswith("License ::")


def _asked(wanted: Requirement) -> Iterator[Requirement]:
    """What a package asks for here, with the extras that are wanted of it."""
    extras = ("", *wanted.extras)
    for each in map(Requirement, distribution(wanted.name).requires or ()):
        if each.marker is None or any(each.marker.evaluate({"extra": extra}) for extra in extras):
            yield each


def _described(name: str, needs: Iterable[str]) -> Dependency:
    package = distribution(name)
    return Dependency(name, package.version, licence(package.metadata.json), tuple(sorted(needs)))
