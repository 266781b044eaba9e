import ast
from pathlib import Path

import pytest

from tests.contracts.layers import violations

PACKAGE = Path(__file__).parents[2] / "widget_server"


def plant(folder: Path, place: str, text: str) -> Path:
    """A package of one module."""
    path = folder / "widget_server" / place
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return folder / "widget_server"


def test_imports_point_one_way() -> None:
    assert violations(PACKAGE) == []


@pytest.mark.parametrize(
    "line",
    [
        "from ..web import widget",
        "from .. import web",
        "from widget_server.web.widget import show",
        "import widget_server.web.widget",
        "def late() -> None:\n    from ..web import widget",
    ],
)
def test_an_import_from_a_higher_layer_is_named_by_file_and_line(tmp_path: Path, line: str) -> None:
    package = plant(tmp_path, "store/rows.py", f'"""Rows."""\n\n{line}\n')
    number = 2 + len(line.splitlines())
    assert violations(package) == [f"widget_server/store/rows.py:{number}: store imports web"]


def test_stages_side_by_side_do_not_import_each_other(tmp_path: Path) -> None:
    package = plant(tmp_path, "find/lookup.py", "from ..compose.tweet import tweets\n")
    assert violations(package) == ["widget_server/find/lookup.py:1: find imports compose"]


def test_a_stage_imports_its_own_files_and_those_below(tmp_path: Path) -> None:
    package = plant(tmp_path, "find/lookup.py", "from .roster import R\nfrom ..model import M\n")
    assert violations(package) == []


def test_a_module_without_a_layer_is_named(tmp_path: Path) -> None:
    package = plant(tmp_path, "utils.py", "")
    assert violations(package) == ["widget_server/utils.py:1: utils has no layer"]


def test_only_the_web_is_asynchronous() -> None:
    elsewhere = [
        f"{path.relative_to(PACKAGE)}:{node.lineno}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.relative_to(PACKAGE).parts[0] not in {"web", "app.py"}
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.AsyncFunctionDef)
    ]
    assert elsewhere == []
