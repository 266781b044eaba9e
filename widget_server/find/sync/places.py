"""Where each ZIP lies, and under whose lines: upstream files in; places, lines and doubts out."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from ...errors import RosterError
from ..build.gather import CONGRESS_OF_LINES, lines_of_119
from ..build.places import DISTRICTS, read_places
from ..build.relation import RELATION, read_relation
from ..congress import congress_at, congress_term, noon_eastern
from ..lines import Lines
from ..tables import UNLIKELY, Tables, packaged_tables

#: A table is of other lines where more than this share of a state's ZIPs lie in a district that
#: they did not touch before. (A better table of the same lines only drops districts.)
MOVED = 0.01


@dataclass(frozen=True, slots=True)
class Places:
    """``zips`` as in ``Tables``, of the ZIPs with a district; ``notes`` are for the organiser."""

    file: str
    zips: Mapping[str, str]
    lines: tuple[Lines, ...]
    notes: tuple[str, ...] = ()


def places(folder: Path, now: datetime) -> Places:
    """The places of the Census file if there is one of today's lines, else of upstream's table."""
    packaged = packaged_tables()
    return _from_relation(folder, packaged, now) or _from_table(folder, packaged, now)


def _from_relation(folder: Path, packaged: Tables, now: datetime) -> Places | None:
    if not (folder / RELATION).exists():
        return None
    relation, sitting = read_relation(folder), congress_at(now)
    begin = congress_term(relation.congress)[0]
    if relation.congress > sitting:
        raise RosterError(
            f"{RELATION}: it describes the lines of Congress {relation.congress}, which hold from "
            f"noon Eastern on {begin}: sync it then."
        )
    if relation.congress < sitting:
        return None
    states = sorted({lines.state for lines in packaged.lines})
    if relation.congress == CONGRESS_OF_LINES:
        return Places(RELATION, relation.zips, lines_of_119(states))
    lines = tuple(Lines(state, relation.congress, begin, None) for state in states)
    return Places(RELATION, relation.zips, lines)


def _from_table(folder: Path, packaged: Tables, now: datetime) -> Places:
    """Upstream's table does not say of which Congress it is: the packaged one tells it apart."""
    zips = read_places(folder, ())
    moved = _moved(packaged.zips, zips)
    ended = {
        lines.state
        for lines in packaged.lines
        if lines.valid_to and noon_eastern(lines.valid_to) <= now
    }
    if early := sorted(moved - ended):
        return Places(
            DISTRICTS,
            {code: places for code, places in packaged.zips.items() if "-" in places},
            packaged.lines,
            (
                f"{DISTRICTS}: in {', '.join(early)} it describes other district lines than those "
                "in force; the packaged places were kept.",
            ),
        )
    corrected = _corrected(folder, packaged.corrections, moved)
    return Places(DISTRICTS, corrected, tuple(_lines(packaged.lines, moved, congress_at(now))))


def _moved(before: Mapping[str, str], after: Mapping[str, str]) -> set[str]:
    """The states whose districts were drawn anew between two tables."""
    moved, seen = Counter[str](), Counter[str]()
    for code, text in after.items():
        old = before.get(code, "").replace(UNLIKELY, "").split()
        states = {place[:2] for place in old}
        seen.update(states)
        moved.update({place[:2] for place in text.split() if place not in old} & states)
    return {state for state, number in moved.items() if number > MOVED * seen[state]}


def _corrected(folder: Path, corrections: Iterable[str], moved: set[str]) -> dict[str, str]:
    """The table with the places that it lost; of a state drawn anew, only the state is known."""
    lasting = [each for each in corrections if each[6:8] not in moved]
    zips = read_places(folder, lasting)
    for code, place in (each.split(" ") for each in corrections if each[6:8] in moved):
        if place[:2] not in {known[:2] for known in zips.get(code, "").split()}:
            zips[code] = f"{zips[code]} {place[:2]}" if code in zips else place[:2]
    return zips


def _lines(packaged: Iterable[Lines], moved: set[str], congress: int) -> Iterable[Lines]:
    begin = congress_term(congress)[0]
    for lines in packaged:
        if lines.state in moved:
            yield replace(lines, congress=congress, valid_from=begin, valid_to=None)
        else:
            yield lines
