"""Templates in, HTML out."""

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .. import assets
from .strings import Strings, load_strings


class Pages:
    """Every template, and the interface strings of every language."""

    def __init__(self) -> None:
        self.strings: dict[str, Strings] = load_strings(assets.folder("templates") / "strings")
        self._environment = _environment()

    def render(self, template: str, **context: Any) -> str:
        """The template filled with ``context``; a name it lacks is an error."""
        return self._environment.get_template(template).render(**context)


@cache
def _environment() -> Environment:
    """The templates, each compiled once."""
    return Environment(
        loader=FileSystemLoader(assets.folder("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
