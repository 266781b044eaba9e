"""The pages that lead through the code: what they name is there."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.layers import LAYERS

ROOT = Path(__file__).parents[2]
ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text()
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text()

#: A file with one of our endings, or a folder in code marks; not what a template's name ends in.
FILE = re.compile(r"[\w./-]*\w\.(?:py|js|css|html|toml|csv|md|txt|ts)\b")
FOLDER = re.compile(r"`([\w/.-]+/)`")


def named(text: str) -> set[str]:
    """Every file and folder that a page speaks of."""
    said = re.sub(r"\[[^]]*\]\([^)]*\)", "", text)  # another test follows links
    return {*FILE.findall(said), *FOLDER.findall(said)}


def missing(text: str) -> Iterator[str]:
    """What is neither in the project nor in its package."""
    for name in sorted(named(text)):
        if not any((folder / name).exists() for folder in (ROOT, ROOT / "widget_server")):
            yield name


@pytest.mark.parametrize("page", [ARCHITECTURE, CONTRIBUTING], ids=("architecture", "contributing"))
def test_every_file_that_is_named_is_there(page: str) -> None:
    assert list(missing(page)) == []


def test_a_file_that_went_away_is_noticed() -> None:
    gone = "`web/steps.py`, then `find/gone.py` in `old/`, and web/gone.py"
    assert list(missing(gone)) == ["find/gone.py", "old/", "web/gone.py"]


def test_the_architecture_names_every_module_at_the_top() -> None:
    modules = {name for row in LAYERS for name in row} - {"__main__"}
    assert modules - set(re.findall(r"`(\w+)(?:\.py|/)`", ARCHITECTURE)) == set()


def test_the_architecture_is_one_page() -> None:
    assert len(ARCHITECTURE.splitlines()) <= 80
