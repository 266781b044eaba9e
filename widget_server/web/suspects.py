"""Addresses that submit more than people do: names in; who they are, and what they sent, out.

Everything is forgotten after an hour or two. A name is of ``client.Names``; a visit is named as
its row is.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

HOUR_SECONDS = 3600
#: Visits that are remembered, of all addresses together.
MOST_VISITS = 100_000

Row = tuple[str, str]


@dataclass(slots=True)
class _Record:
    rows: set[Row] = field(default_factory=set)
    tripped: bool = False


class Suspects:
    """What each address has sent within the hour, and which of them have tripped."""

    def __init__(
        self, most: int = MOST_VISITS, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._clock = clock
        self._begun = clock()
        self._remembered = 0
        self._hour: dict[bytes, _Record] = {}
        self._hour_before: dict[bytes, _Record] = {}
        self.unmarked: set[Row] = set()

    def has_sent(self, name: bytes, row: Row) -> bool:
        """Whether this very visit came from there and is stored."""
        record = self._find(name)
        return record is not None and row in record.rows

    def has_tripped(self, name: bytes) -> bool:
        """Whether the address is suspicious by now."""
        record = self._find(name)
        return record is not None and record.tripped

    def trip(self, name: bytes) -> None:
        """The address did too much; what it sent before is to be marked as well."""
        record = self._record(name)
        if not record.tripped:
            record.tripped = True
            self.unmarked |= record.rows

    def note_sent(self, name: bytes, row: Row, *, marked: bool) -> None:
        """A visit from there is stored; ``marked`` if its row says already what to think of it."""
        record = self._record(name)
        record.rows.add(row)
        self._remembered += 1
        if record.tripped and not marked:
            self.unmarked.add(row)

    def take_unmarked(self) -> set[Row]:
        """Rows that are to be marked; from now on they are the caller's."""
        taken, self.unmarked = self.unmarked, set()
        return taken

    def _find(self, name: bytes) -> _Record | None:
        self._turn()
        return self._hour.get(name) or self._hour_before.get(name)

    def _record(self, name: bytes) -> _Record:
        record = self._hour[name] = self._find(name) or _Record()
        return record

    def _turn(self) -> None:
        now = self._clock()
        if now - self._begun >= HOUR_SECONDS or self._remembered >= self._most:
            self._begun, self._remembered = now, 0
            self._hour, self._hour_before = {}, self._hour
