"""What the modules of a package import of each other, read from the source: its tree in, names out.

Names are the parts of a dotted name, the package's own first.
"""

import ast
from collections.abc import Iterator

Name = tuple[str, ...]


def imported(module: Name, tree: ast.AST) -> Iterator[tuple[int, Name]]:
    """The line and the name of each import from the module's own package, in whatever it is.

    The name may end in something that the module named before it holds. An ``__init__.py`` is
    a module of that name.
    """
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = [(*_base(module, node), *alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [tuple(alias.name.split(".")) for alias in node.names]
        else:
            continue
        yield from ((node.lineno, name) for name in names if name[0] == module[0])


def _base(module: Name, node: ast.ImportFrom) -> Name:
    parts = tuple(node.module.split(".")) if node.module else ()
    return module[: -node.level] + parts if node.level else parts
