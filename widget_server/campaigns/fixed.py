"""Whom everybody in a place writes to where nobody has to be looked up: a governor, a mayor."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..model import Legislator


@dataclass(frozen=True, slots=True)
class Named:
    """A name in the language of the messages, and in each other language of the campaign."""

    name: str
    others: Mapping[str, str] = field(hash=False)

    def in_language(self, language: str) -> str:
        """The name as visitors read it."""
        return self.others.get(language, self.name)


@dataclass(frozen=True, slots=True)
class Matter:
    """What is asked for: the bill of a state, a report, a decision. It stands for the bill."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Target:
    """A person in office: ``title`` is ``"Governor"``, ``short_title`` ``"Gov."``."""

    person: Legislator
    title: Named
    short_title: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """Who live in ``place`` write to these ``targets``, who were known on ``as_of``."""

    place: Named
    matter: Matter
    targets: tuple[Target, ...]
    as_of: date

    @property
    def people(self) -> tuple[Legislator, ...]:
        """The targets as the other stages know people."""
        return tuple(target.person for target in self.targets)

    def target(self, person: str) -> Target:
        """The target of this id. Raises KeyError."""
        return {target.person.id: target for target in self.targets}[person]
