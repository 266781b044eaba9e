"""The threat model names the tests that prove it, and they are there."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRIVACY = (ROOT / "docs" / "privacy.md").read_text("utf-8")
THREATS = [
    line.split(" | ")
    for line in PRIVACY.partition("## Threat model")[2].splitlines()
    if line.startswith("| ") and not line.startswith(("| who would", "| ---"))
]
NAMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PRIVACY)


def names_in(file: str) -> set[str]:
    """The names of the tests in a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return {node.name for node in tree.body if isinstance(node, functions)}


def test_every_threat_is_proved_by_a_test() -> None:
    assert len(THREATS) > 20
    assert [
        threat for threat, *_, proof in THREATS if not re.search(r"`tests/\S+::\w+`", proof)
    ] == []


def test_every_test_that_is_named_is_there() -> None:
    assert [f"{file}::{name}" for file, name in NAMED if name not in names_in(file)] == []
