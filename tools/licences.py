"""May we build on it? ``python -m tools.licences`` reads the licence of every package we install.

Every licence that a package names has to be on the list, also where it lets us choose.
"""

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib.metadata import PackageNotFoundError

from .audit import CONSTRAINTS, pins
from .dependencies import EXTRAS, Dependency, dependencies

#: Those that ask for no more than their notice; and two that share changes to their own files
#: alone, of packages that we import as they are and never ship inside ours.
ALLOWED = frozenset(
    {
        "Apache-2.0",
        "BSD-2-Clause",
        "BSD-3-Clause",
        "MIT",
        "MIT-0",
        "PSF-2.0",
        "LGPL-3.0-only",
        "MPL-2.0",
    }
)


def refused(found: Iterable[Dependency]) -> Iterator[str]:
    """The packages that we may not build on, or that say nothing, a line each."""
    for each in found:
        named = set(re.split(r"\s+(?:AND|OR)\s+", each.licence.replace("(", "").replace(")", "")))
        if not named <= ALLOWED:
            yield f"{each.name} {each.version}: {each.licence or 'names no licence'}"


def said(found: Iterable[Dependency]) -> Iterator[str]:
    """Every licence with the number of packages under it, and what is not installed here."""
    packages = {each.name: each.licence for each in found}
    counted = Counter(packages.values()).most_common()
    yield "Licences: " + ", ".join(f"{number} {name}" for name, number in counted) + "."
    absent = sorted(pins(CONSTRAINTS.read_text()).keys() - packages.keys())
    yield f"Not read, as they are not installed beside ours: {', '.join(absent)}."


def main() -> int:
    """Say which licences there are; 1 when one is not allowed or a package is missing."""
    try:
        found = dependencies(*EXTRAS)
    except PackageNotFoundError as error:
        print(f"Not installed, so that its licence is unknown: {error.name}")
        return 1
    bad = tuple(refused(found))
    for line in (*said(found), *(f"NOT ALLOWED: {line}" for line in bad)):
        print(line)
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
