"""Where you live in, who speaks for you out: the one door to the facts.

A roster never changes; the clock chooses what of it is true.
"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from ..model import Answer, Legislator
from .era import Era
from .tables import PACKAGED, Tables, read_tables
from .zipcodes import normalize_zip


class Roster:
    """Everybody who holds a seat, and which ZIP lies where."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._zips = tables.zips
        self._era: Era | None = None

    @classmethod
    def load(cls, folder: Path | None = None) -> "Roster":
        """Read the tables in ``folder``, or the package's own. Raises RosterError."""
        return cls(read_tables(folder or PACKAGED))

    @property
    def as_of(self) -> date:
        """The day of the newest fact."""
        return self._tables.as_of

    def lookup(self, query: str, now: datetime, district: str | None = None) -> Answer:
        """Who speaks for the ZIP in ``query``; ``district`` is the visitor's choice among several.

        A choice that is not among the candidates counts as none made.
        """
        era = self._era_at(now)
        zip_code = normalize_zip(query)
        if zip_code is None:
            return era.none("malformed")
        places = self._zips.get(zip_code)
        if places is None:
            return era.none("unknown_zip")
        answer = era.answer(places)
        if answer.status == "choose" and district in answer.districts:
            return replace(era.found(district), chosen=True)
        return answer

    def delegation(self, state: str, district: str | None, now: datetime) -> Answer:
        """Who speaks for a district (``found``), or for a state alone (``partial``).

        A state with one House seat is ``found`` either way; a place without one has ``no_seat``.
        """
        era = self._era_at(now)
        return era.answer(state) if district is None else era.found(district)

    def people(self, now: datetime) -> tuple[Legislator, ...]:
        """Everybody who serves at ``now``."""
        return self._era_at(now).people()

    def districts(self, now: datetime) -> tuple[str, ...]:
        """Every House district whose lines are in force at ``now``, the vacant ones too."""
        return self._era_at(now).districts()

    def _era_at(self, now: datetime) -> Era:
        # Assigning one attribute is atomic, so threads at worst make the same era twice.
        era = self._era
        if era is None or not era.start <= now < era.end:
            era = self._era = Era(self._tables, now)
        return era
