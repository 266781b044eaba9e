"""The shape of the code in numbers: ``python -m tools.style`` prints them as a table.

The models are those that we compare ourselves with, measured the same way: lines as they stand in
the file, functions with their signature and docstring, nested ones too.
"""

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from statistics import median, quantiles

from .imports import Name, imported
from .venv import ROOT

PACKAGE = ROOT / "widget_server"
TESTS = ROOT / "tests"
Function = ast.FunctionDef | ast.AsyncFunctionDef

HEADINGS = ("", "lines", "file", "function", "typed", "docstrings", "test : code")
#: Files and functions in lines: the median file and the longest, the median function and the
#: 90th percentile. Docstrings are those of public functions.
MODELS = (
    ("itsdangerous", "1,176", "94 / 404", "5 / 26", "100 %", "69 %", "0.41"),
    ("starlette", "6,658", "142 / 748", "5 / 26", "100 %", "8 %", "1.69"),
    ("httpx", "8,827", "248 / 2,019", "6 / 31", "100 %", "48 %", "1.01"),
    ("structlog", "7,274", "245 / 1,249", "4 / 20", "100 %", "81 %", "1.29"),
    ("datasette", "29,181", "164 / 3,314", "9 / 48", "14 %", "26 %", "1.36"),
    ("dearmep", "9,623", "101 / 944", "9 / 38", "99 %", "43 %", "0.12"),
)


@dataclass(frozen=True, slots=True)
class Style:
    """What the table says of one package; shares are between 0 and 1.

    ``cycle`` is the modules that import each other in a ring, the first one twice; empty is well.
    """

    files: tuple[int, ...]
    functions: tuple[int, ...]
    typed: float
    documented: float
    cycle: tuple[str, ...]
    tests: int

    @property
    def row(self) -> tuple[str, ...]:
        """The numbers as the table has them."""
        lines = sum(self.files)
        return (
            "threesteps",
            f"{lines:,}",
            f"{median(self.files):.0f} / {max(self.files)}",
            f"{median(self.functions):.0f} / {quantiles(self.functions, n=10)[-1]:.0f}",
            f"{self.typed * 100:.0f} %",
            f"{self.documented * 100:.0f} %",
            f"{self.tests / lines:.2f}",
        )


def measure(package: Path, tests: Path) -> Style:
    """The numbers of a package and of the tests beside it."""
    paths = sorted(package.rglob("*.py"))
    trees = {_name(package, path): ast.parse(path.read_text()) for path in paths}
    functions = [each for tree in trees.values() for each in _functions(tree)]
    public = [each for tree in trees.values() for each in _public(tree.body)]
    return Style(
        files=tuple(map(_lines, paths)),
        functions=tuple((each.end_lineno or 0) - each.lineno + 1 for each in functions),
        typed=_share([_is_typed(each) for each in functions]),
        documented=_share([ast.get_docstring(each) is not None for each in public]),
        cycle=_cycle(trees),
        tests=sum(map(_lines, tests.rglob("*.py"))),
    )


def table(style: Style) -> Iterator[str]:
    """The models and then ours, a line each."""
    rows = (HEADINGS, *MODELS, style.row)
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for name, *numbers in rows:
        cells = (cell.rjust(width) for cell, width in zip(numbers, widths[1:], strict=True))
        yield "  ".join((name.ljust(widths[0]), *cells))


def _name(package: Path, path: Path) -> Name:
    return package.name, *path.relative_to(package).with_suffix("").parts


def _lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def _functions(tree: ast.AST) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def _public(body: Sequence[ast.stmt]) -> Iterator[Function]:
    """The functions and methods that others may call."""
    for node in body:
        if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_"):
            yield from _public(node.body) if isinstance(node, ast.ClassDef) else (node,)


def _is_typed(function: Function) -> bool:
    given = function.args
    named = [*given.posonlyargs, *given.args, *given.kwonlyargs]
    rest = [each for each in (given.vararg, given.kwarg) if each]
    own = named[:1] if named and named[0].arg in {"self", "cls"} else []
    return function.returns is not None and all(
        each.annotation for each in (*named, *rest) if each not in own
    )


def _share(facts: Sequence[bool]) -> float:
    return sum(facts) / len(facts)


def _cycle(trees: Mapping[Name, ast.Module]) -> tuple[str, ...]:
    """One ring of modules that cannot be imported one after the other, or nothing."""
    graph = {module: set(_needs(module, tree, trees)) for module, tree in trees.items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return tuple(".".join(module) for module in error.args[1])
    return ()


def _needs(module: Name, tree: ast.Module, known: Mapping[Name, object]) -> Iterator[Name]:
    for _, name in imported(module, tree):
        places = (name, (*name, "__init__"), name[:-1], (*name[:-1], "__init__"))
        found = next((place for place in places if place in known), module)
        if found != module:
            yield found


def main() -> int:
    """Print the table; 1 when modules import each other in a ring."""
    style = measure(PACKAGE, TESTS)
    print(*table(style), sep="\n")
    print(f"{len(style.files)} files; import cycles: {' -> '.join(style.cycle) or 'none'}.")
    return 1 if style.cycle else 0


if __name__ == "__main__":
    sys.exit(main())
