"""Every command that the documents tell somebody to type exists, with the options it is given."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from widget_server.cli import main

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
LINE = re.compile(r"^(?:\w+=\S+ )*(?:act|threesteps) +([a-z].*)", re.MULTILINE)
INLINE = re.compile(r"`(?:act|threesteps) ([a-z][^`]*)`")


def typed(page: Path) -> Iterator[list[str]]:
    """The words after ``threesteps`` in each line of a code block, and in each inline piece."""
    text = page.read_text()
    for piece in [*LINE.findall(text), *INLINE.findall(text)]:
        yield shlex.split(piece, comments=True)


def fault(words: list[str]) -> str | None:
    """What of it there is not."""
    command: click.Command = main
    rest = list(words)
    while isinstance(command, click.Group) and rest:
        name = rest.pop(0)
        if name not in command.commands:
            return f"{name} of {shlex.join(words)}"
        command = command.commands[name]
    known = {option for param in command.params for option in param.opts}
    unknown = [word for word in rest if word.startswith("--") and word.split("=")[0] not in known]
    return f"{unknown[0]} of {shlex.join(words)}" if unknown else None


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_in_the_documents_can_be_typed(page: Path) -> None:
    assert [found for words in typed(page) if (found := fault(words))] == []


def test_the_documents_are_full_of_commands() -> None:
    assert sum(len(list(typed(page))) for page in PAGES) > 60
