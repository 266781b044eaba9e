"""Which module may import which, read from the source and not from a running program."""

import ast
from collections.abc import Iterator
from pathlib import Path

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
    for line, imported in _imports(package.name, place, ast.parse(path.read_text())):
        if not _may(importer, imported):
            yield line, f"{importer} imports {imported}"


def _imports(root: str, place: tuple[str, ...], tree: ast.AST) -> Iterator[tuple[int, str]]:
    """The line and the top-level module of each import from the same package."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            base = _absolute(root, place, node)
            for alias in node.names:
                name = (*base, *alias.name.split("."))
                if name[0] == root and len(name) > 1:
                    yield node.lineno, name[1]
        elif isinstance(node, ast.Import):
            for alias in node.names:
                parts = alias.name.split(".")
                if parts[0] == root and len(parts) > 1:
                    yield node.lineno, parts[1]


def _absolute(root: str, place: tuple[str, ...], node: ast.ImportFrom) -> tuple[str, ...]:
    module = tuple(node.module.split(".")) if node.module else ()
    if not node.level:
        return module
    return (root, *place)[: -node.level] + module


def _may(importer: str, imported: str) -> bool:
    above, below = _row(importer), _row(imported)
    if below is None:
        return imported.startswith("__")
    if importer == imported or above is None:
        return True
    return above < below or (above == below and LAYERS[above] in FOUNDATION)


def _row(module: str) -> int | None:
    return next((row for row, names in enumerate(LAYERS) if module in names), None)
