"""Which module may import which, read from the source and not from a running program."""

import ast
from collections.abc import Iterator
from pathlib import Path

from tools.imports import imported

#: From the top: a module imports from rows below its own.
LAYERS: tuple[frozenset[str], ...] = (
    frozenset({"__main__"}),
    frozenset({"cli"}),
    frozenset({"app", "server", "demo"}),
    frozenset({"web"}),
    frozenset({"submit"}),
    frozenset({"find", "compose", "report", "verify"}),
    frozenset({"store"}),
    frozenset(
        {
            "seal",
            "tokens",
            "keys",
            "campaigns",
            "assets",
            "settings",
            "places",
            "snippet",
            "given",
            "mailboxes",
        }
    ),
    frozenset({"model", "errors", "private"}),
)

#: Rows whose modules may import each other: the nouns that everything stands on.
FOUNDATION = LAYERS[-2:]


def violations(package: Path) -> list[str]:
    """Every import that points the wrong way, and every module without a place, one a line."""
    return [
        f"{path.relative_to(package.parent)}:{line}: {fault}"
        for path in sorted(package.rglob("*.py"))
        for line, fault in _faults(package, path)
    ]


def _faults(package: Path, path: Path) -> Iterator[tuple[int, str]]:
    place = path.relative_to(package).with_suffix("").parts
    if place == ("__init__",):
        return
    importer = place[0]
    if _row(importer) is None:
        yield 1, f"{importer} has no layer"
        return
    for line, name in imported((package.name, *place), ast.parse(path.read_text())):
        if len(name) > 1 and not _may(importer, name[1]):
            yield line, f"{importer} imports {name[1]}"


def _may(importer: str, other: str) -> bool:
    above, below = _row(importer), _row(other)
    if below is None:
        return other.startswith("__")
    if importer == other or above is None:
        return True
    return above < below or (above == below and LAYERS[above] in FOUNDATION)


def _row(module: str) -> int | None:
    return next((row for row, names in enumerate(LAYERS) if module in names), None)
