"""Numbers too small to wait for the disk: counted in memory, written once a second.

A crash loses at most what came in since the last flush. Submissions never pass through here.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from itertools import islice
from threading import Lock

from sqlalchemy import Connection

from ..errors import UnavailableError
from ..model import ActKind
from . import actions, placements, tallies
from .actions import Act
from .placements import Sighting
from .schema import UNATTRIBUTED
from .tallies import TallyKey
from .visits import legislator_key, visit_key

#: Far above what a second brings; beyond it the disk is gone and memory must not grow.
MAX_WAITING = 50_000
#: More in one transaction, after an outage, would keep submissions waiting behind it.
MOST_ACTS_AT_ONCE = 5_000


@dataclass(slots=True)
class Waiting:
    """What came in between two flushes; the acts in the order of arrival, each once."""

    counts: Counter[TallyKey] = field(default_factory=Counter)
    acts: dict[Act, None] = field(default_factory=dict)
    sightings: dict[Sighting, None] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.counts or self.acts or self.sightings)

    @property
    def parts(self) -> "list[Waiting]":
        """What may be written one without the other."""
        parts = (Waiting(counts=self.counts), Waiting(acts=self.acts))
        return [part for part in (*parts, Waiting(sightings=self.sightings)) if part]

    def write(self, connection: Connection) -> None:
        """Store the acts and add up the numbers, in the caller's transaction."""
        tallies.add(connection, self.counts)
        actions.record(connection, self.acts)
        placements.note_labels(connection, {(key.partner, key.source) for key in self.counts})
        placements.note_sightings(connection, self.sightings)


class Pending:
    """Views, answers and acts until the next flush; every method is safe from any thread.

    They raise UnavailableError when the disk has taken nothing for so long that memory is full.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting = Waiting()

    def shown(self, campaign: str, partner: str | None, day: date, source: str = "") -> None:
        """A widget came into view."""
        self._count(TallyKey(campaign, partner or UNATTRIBUTED, day, "shown", source))

    def found(self, campaign: str, partner: str | None, day: date, source: str = "") -> None:
        """A visit was told who speaks for it, for the first time."""
        self._count(TallyKey(campaign, partner or UNATTRIBUTED, day, "found", source))

    def seen(self, sighting: Sighting) -> None:
        """A page asked for a partner's widget."""
        with self._lock:
            if len(self._waiting.sightings) < MAX_WAITING:
                self._waiting.sightings[sighting] = None

    def act(
        self,
        campaign: str,
        partner: str | None,
        visit: str,
        kind: ActKind,
        legislator: str,
        day: date,
        source: str = "",
    ) -> None:
        """A visitor opened something; counted once per visit, person and kind."""
        key = visit_key("actions", campaign, visit)
        whom = legislator_key(campaign, visit, legislator)
        act = Act(campaign, key, kind, whom, partner or UNATTRIBUTED, day, source)
        with self._lock:
            _refuse_overflow(self._waiting.acts, act)
            self._waiting.acts[act] = None

    def take(self) -> Waiting:
        """What waits; from now on it is the caller's to write or to put back.

        Of very many acts these are the earliest.
        """
        with self._lock:
            taken, self._waiting = self._waiting, Waiting()
            self._waiting.acts = dict.fromkeys(islice(taken.acts, MOST_ACTS_AT_ONCE, None))
        for late in self._waiting.acts:
            del taken.acts[late]
        return taken

    def put_back(self, taken: Waiting) -> None:
        """The commit failed: wait again, before what has come in since."""
        with self._lock:
            self._waiting.counts.update(taken.counts)
            self._waiting.acts = taken.acts | self._waiting.acts
            self._waiting.sightings |= taken.sightings

    def _count(self, key: TallyKey) -> None:
        with self._lock:
            _refuse_overflow(self._waiting.counts, key)
            self._waiting.counts[key] += 1


def _refuse_overflow(waiting: Collection[object], new: object) -> None:
    if new not in waiting and len(waiting) >= MAX_WAITING:
        raise UnavailableError
