"""Addresses that submit more than people do: names in; who they are, and what they sent, out.

Everything is forgotten after an hour or two. A name is of ``client.Names``; a visit is named as
its row is.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field

HOUR_SECONDS = 3600
#: Addresses and visits that are remembered of an hour; with more of them the next one begins.
MOST = 100_000

Row = tuple[str, str]


@dataclass(slots=True)
class _Record:
    rows: set[Row] = field(default_factory=set)
    tripped: bool = False


class Suspects:
    """What each address has sent within the hour, and which of them have tripped."""

    def __init__(self, most: int = MOST, clock: Callable[[], float] = time.monotonic) -> None:
        self._most = most
        self._clock = clock
        self._begun = clock()
        self._remembered = 0
        self._hour: dict[bytes, _Record] = {}
        self._hour_before: dict[bytes, _Record] = {}
        self.unmarked: set[Row] = set()

    def has_sent(self, name: bytes, row: Row) -> bool:
        """Whether this very visit came from there and is stored."""
        return any(row in record.rows for record in self._found(name))

    def has_tripped(self, name: bytes) -> bool:
        """Whether the address is suspicious by now."""
        return any(record.tripped for record in self._found(name))

    def trip(self, name: bytes) -> None:
        """The address did too much; what it sent before is to be marked as well."""
        if not self.has_tripped(name):
            self.unmarked.update(*(record.rows for record in self._found(name)))
        self._record(name).tripped = True

    def note_sent(self, name: bytes, row: Row, *, marked: bool) -> None:
        """A visit from there is stored; ``marked`` if its row says already what to think of it."""
        if self.has_sent(name, row):
            return
        self._record(name).rows.add(row)
        self._remembered += 1
        if self.has_tripped(name) and not marked:
            self.unmarked.add(row)

    def take_unmarked(self) -> set[Row]:
        """Rows that are to be marked; from now on they are the caller's."""
        self._turn()
        taken, self.unmarked = self.unmarked, set()
        return taken

    def _found(self, name: bytes) -> list[_Record]:
        self._turn()
        return [hour[name] for hour in (self._hour, self._hour_before) if name in hour]

    def _record(self, name: bytes) -> _Record:
        """What it does in this hour; with it goes what it did."""
        if name not in self._hour:
            self._hour[name] = _Record()
            self._remembered += 1
        return self._hour[name]

    def _turn(self) -> None:
        now = self._clock()
        if now - self._begun >= HOUR_SECONDS or self._remembered >= self._most:
            self._begun, self._remembered = now, 0
            self._hour, self._hour_before = {}, self._hour
