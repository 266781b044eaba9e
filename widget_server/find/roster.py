"""Where you live in, who speaks for you out: the one door to the facts.

A roster never changes; the clock chooses what of it is true.
"""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from ..model import Answer, Legislator
from ..places import STATE_NAMES
from .address import Address
from .era import Era
from .freshness import days_left, warnings
from .geocoder import BadAddress, Located, NoMatch, Outcome
from .installed import Installed
from .tables import UNLIKELY, Tables, packaged_tables, read_tables
from .zipcodes import normalize_zip


class Roster:
    """Everybody who holds a seat, and which ZIP lies where."""

    def __init__(self, tables: Tables, installed: Installed | None = None) -> None:
        self._tables = tables
        self._installed = installed
        self._zips = tables.zips
        self._era: Era | None = None

    @classmethod
    def load(cls, folder: Path | None = None) -> "Roster":
        """Read the tables in ``folder``, or the package's own. Raises RosterError."""
        return cls(read_tables(folder) if folder else packaged_tables())

    @classmethod
    def newest(cls, home: Path) -> "Roster":
        """The facts of the installation in ``home``: the newest of synced and packaged tables."""
        installed = Installed.read(home)
        return cls(installed.tables, installed)

    def refreshed(self) -> "Roster":
        """This roster, or a newer one after a sync. Cheap when nothing has changed."""
        installed = self._installed
        if installed is None or not installed.has_changed():
            return self
        return Roster.newest(installed.home)

    @property
    def as_of(self) -> date:
        """The day of the newest fact."""
        return self._tables.as_of

    @property
    def synced_at(self) -> datetime | None:
        """When the facts were last fetched; None for the package's own."""
        return self._tables.synced_at

    def warnings(self, now: datetime) -> list[str]:
        """What the organiser must know about the facts, a sentence each."""
        faults = self._installed.faults if self._installed else ()
        return [*faults, *warnings(self._tables, now)]

    def days_left(self, now: datetime) -> float:
        """Days until somebody's seat is nobody's any more, as far as the facts go."""
        return days_left(self._tables, now)

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
        return _as_chosen(era, era.answer(places), district)

    def located(
        self, outcome: Outcome, address: Address, now: datetime, district: str | None = None
    ) -> Answer:
        """Who speaks for ``address``, by what the geocoder said; ``district`` as in ``lookup``.

        A match beats the address's ZIP. It asks when places in several districts match, or in
        another state than was typed; where none was, than the ZIP lies in. Without a match that
        can be believed, the ZIP speaks.
        """
        era = self._era_at(now)
        match outcome:
            case NoMatch():
                return era.none("no_match")
            case BadAddress():
                return era.none("bad_address")
            case Located(districts) if all(map(era.has, districts)):
                answer = self._matched(era, outcome, address)
            case _:
                answer = era.unavailable(self.lookup(address.zip, now) if address.zip else None)
        return _as_chosen(era, answer, district)

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

    def _matched(self, era: Era, match: Located, address: Address) -> Answer:
        states = {*match.states, *self._expected(address, match)}
        if len(match.districts) == len(states) == 1:
            return era.found(match.districts[0])
        strange = states.difference(district[:2] for district in match.districts)
        others = [place for state in sorted(strange) for place in self._places(address.zip, state)]
        return era.choose(match.districts, others)

    def _places(self, zip_text: str, state: str) -> list[str]:
        """The places of a ZIP in one state; the state itself when there are none."""
        return [place for place in self._of_zip(zip_text) if place.startswith(state)] or [state]

    def _expected(self, address: Address, match: Located) -> set[str]:
        """The states that the visitor named; by the ZIP only where the match is in none of them."""
        if address.state_code:
            return {address.state_code}
        of_zip = {place[:2] for place in self._of_zip(address.zip)} & STATE_NAMES.keys()
        return set() if of_zip.intersection(match.states) else of_zip

    def _of_zip(self, zip_text: str) -> list[str]:
        places = self._zips.get(normalize_zip(zip_text) or "", "")
        return places.replace(UNLIKELY, "").split()

    def _era_at(self, now: datetime) -> Era:
        # Assigning one attribute is atomic, so threads at worst make the same era twice.
        era = self._era
        if era is None or not era.start <= now < era.end:
            era = self._era = Era(self._tables, now)
        return era


def _as_chosen(era: Era, answer: Answer, district: str | None) -> Answer:
    """The answer to the visitor's choice among the candidates; without one, the question."""
    if answer.known == "choose" and district in answer.districts:
        return replace(era.found(district), chosen=True)
    return answer
