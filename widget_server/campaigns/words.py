"""A language's file: TOML between two ``+++`` lines and then Markdown sections, as ``Words``."""

import re
from dataclasses import dataclass

from markdown_it import MarkdownIt
from markupsafe import Markup

from .campaign import Organiser, State, Words
from .placeholders import WORDS_NAMES, fill, refused
from .source import SourceFile, Table

_FENCE = "+++"
#: Without raw HTML.
_MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True, slots=True)
class _Section:
    """The Markdown below a ``# name`` line, and the number of that line."""

    line: int
    text: str


def read_words(
    file: SourceFile, language: str, organiser: Organiser, state: State = "live"
) -> Words:
    """The words of one language; what is missing or wrong is noted in the file's problems.

    A campaign can be stopped in a hurry, so only a success needs words for its ``state``.
    """
    front, body = _split(file)
    sections = _sections(file, body)
    values = {
        "organiser": organiser.name,
        "address": organiser.address,
        "contact": organiser.contact,
    }

    def text(key: str) -> str:
        return _filled(front.text(key, WORDS_NAMES), values)

    def optional(key: str) -> str:
        return text(key) if front.has(key) else ""

    words = Words(
        language=language,
        name=text("name"),
        title=text("title"),
        description=text("description"),
        headline=text("headline"),
        call=text("call"),
        steps=_steps(front),
        success=text("success"),
        failure=text("failure"),
        explainer_title=text("explainer_title"),
        explainer=_html(file, sections, "explainer", values),
        learn_more=text("learn_more"),
        share=text("share"),
        mine_hint=optional("mine_hint"),
        paused=optional("paused"),
        won=text("won") if state == "won" else optional("won"),
        ended=text("ended"),
        afterwards=text("afterwards"),
        privacy_title=text("privacy_title"),
        privacy=_html(file, sections, "privacy", values),
    )
    front.close()
    return words


def _split(file: SourceFile) -> tuple[Table, int]:
    """The table between the fences, and the index of the first line after it."""
    fences = [index for index, line in enumerate(file.lines) if line.strip() == _FENCE]
    if len(fences) < 2 or fences[0] != 0:
        if file.lines:
            file.note(1, f"The file does not begin with TOML between two {_FENCE} lines.")
        return Table(file, {}, 1), 0
    return file.table(1, fences[1]), fences[1] + 1


def _sections(file: SourceFile, first: int) -> dict[str, _Section]:
    """Each ``# name`` of the file from line index ``first`` on."""
    headings = [
        (index, heading.group(1))
        for index, line in enumerate(file.lines)
        if index >= first and (heading := re.match(r"# +(.+?)\s*$", line))
    ]
    ends = [index for index, _ in headings[1:]] + [len(file.lines)]
    return {
        name: _Section(index + 1, "\n".join(file.lines[index + 1 : end]))
        for (index, name), end in zip(headings, ends, strict=False)
    }


def _steps(front: Table) -> tuple[str, str, str]:
    steps = front.texts("steps")
    if len(steps) == 3:
        return steps
    if steps:
        front.note("steps", "'steps' are not three.")
    return ("", "", "")


def _html(
    file: SourceFile, sections: dict[str, _Section], name: str, values: dict[str, str]
) -> Markup:
    section = sections.get(name)
    if section is None or not section.text.strip():
        file.note(section.line if section else 1, f"The section '# {name}' is missing or empty.")
        return Markup()
    for brace in refused(section.text, WORDS_NAMES):
        line = file.line_with(brace, section.line)
        file.note(line, f"{brace} is not a placeholder that '# {name}' may have.")
    # Safe: without raw HTML, all that Markdown can make is the tags of Markdown itself.
    return Markup(_MARKDOWN.render(_filled(section.text, values)))  # noqa: S704


def _filled(text: str, values: dict[str, str]) -> str:
    """The text with its placeholders filled, or as it is while some are refused."""
    return text if any(refused(text, WORDS_NAMES)) else fill(text, values)
