"""Who holds seats: the upstream lists of legislators and accounts in, seats out.

The lists and their fields: https://github.com/unitedstates/congress-legislators.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

from ...errors import RosterError
from ...model import Legislator, Role
from ...places import NON_VOTING, STATE_NAMES
from ..congress import end_of_congress
from ..seats import NETWORKS, Key, Seat
from .files import Record, read_json

LEGISLATORS = "legislators-current.json"
ACCOUNTS = "legislators-social-media.json"

#: Upstream writes parties in full; an abbreviation means that the file is not what it was.
PARTIES = frozenset({"Democrat", "Republican", "Independent", "Libertarian"})

#: Takes a sentence about something that was left out.
Note = Callable[[str], object]

_HANDLE = re.compile(r"[\w.-]+(?:@[\w.-]+)?")


def read_people(folder: Path, accounts: Mapping[str, Mapping[str, str]]) -> list[Seat]:
    """The seats that ``legislators-current.json`` says are held."""
    seats: dict[Key, Seat] = {}
    for number, content in enumerate(read_json(folder, LEGISLATORS, list), 1):
        seat = _seat(Record(content, f"{LEGISLATORS}, entry {number}"), accounts)
        if seats.setdefault(seat.key, seat) is not seat:
            raise RosterError(f"{LEGISLATORS}, entry {number}: {seat.code} is held twice.")
    return list(seats.values())


def refuse(sentence: str) -> NoReturn:
    """A ``Note`` for those who leave nothing out."""
    raise RosterError(sentence)


def read_accounts(folder: Path, note: Note = refuse) -> dict[str, dict[str, str]]:
    """Bioguide id to network to handle, without ``@``; ``note`` hears of what is no handle."""
    return {
        entry.record("id").text("bioguide"): dict(_handles(entry.record("social"), note))
        for number, content in enumerate(read_json(folder, ACCOUNTS, list), 1)
        for entry in [Record(content, f"{ACCOUNTS}, entry {number}")]
    }


def house_role(state: str) -> Role:
    """What the holder of a House seat of ``state`` is called."""
    if state == "PR":
        return "resident commissioner"
    return "delegate" if state in NON_VOTING else "representative"


def house_term_end(state: str, end: date) -> date:
    """When a House term that upstream ends on ``end`` is over.

    Puerto Rico elects for four years, with the President (48 U.S.C. 891); upstream says two.
    """
    if state != "PR" or end.year % 4 == 1:
        return end
    return date(end.year + 2, end.month, end.day)


def _handles(social: Record, note: Note) -> Iterator[tuple[str, str]]:
    for network in NETWORKS:
        upstream = "twitter" if network == "x" else network
        if upstream not in social:
            continue
        try:
            yield network, _handle(social, upstream, network)
        except RosterError as error:
            note(error.sentence)


def _handle(social: Record, upstream: str, network: str) -> str:
    handle = social.text(upstream).removeprefix("@")
    if not _HANDLE.fullmatch(handle):
        raise social.fault(f"{handle!r} is no {network} handle")
    return handle


def _seat(entry: Record, accounts: Mapping[str, Mapping[str, str]]) -> Seat:
    bioguide = entry.record("id").text("bioguide")
    entry.label += f" ({bioguide})"
    terms = entry.records("terms")
    if not terms:
        raise entry.fault("there are no terms")
    person = _person(bioguide, entry.record("name"), terms[-1], accounts.get(bioguide, {}))
    return Seat(
        code=person.district or f"{person.state}-SEN",
        senate_class=None if person.district else terms[-1].number("class"),
        role=_office(terms[-1])[0],
        holder=person,
        start=person.start,
        end=person.end,
    )


def _person(bioguide: str, name: Record, term: Record, accounts: Mapping[str, str]) -> Legislator:
    role, state, district = _office(term)
    return Legislator(
        id=bioguide,
        role=role,
        name=_full_name(name),
        last_name=name.text("last"),
        state=state,
        district=district,
        party=_party(term),
        caucus=_optional(term, "caucus"),
        phone=_optional(term, "phone"),
        website=_address(term, "url"),
        contact_form=_address(term, "contact_form"),
        email=None,
        accounts=accounts,
        start=term.day("start"),
        end=_end(term, state),
    )


def _office(term: Record) -> tuple[Role, str, str | None]:
    state = term.text("state")
    if state not in STATE_NAMES:
        raise term.fault(f"{state!r} has no seat in Congress")
    kind = term.text("type")
    if kind == "sen":
        return "senator", state, None
    if kind == "rep":
        return house_role(state), state, f"{state}-{term.number('district')}"
    raise term.fault(f"the type {kind!r} is neither 'sen' nor 'rep'")


def _full_name(name: Record) -> str:
    if "official_full" in name:
        return name.text("official_full")
    first = name.text("nickname" if "nickname" in name else "first")
    suffix = f", {name.text('suffix')}" if "suffix" in name else ""
    return f"{first} {name.text('last')}{suffix}"


def _party(term: Record) -> str:
    party = term.text("party")
    if party not in PARTIES:
        raise term.fault(f"{party!r} is no party we know ({', '.join(sorted(PARTIES))})")
    return party


def _end(term: Record, state: str) -> date:
    """When the term is over, as far as can be known.

    For an appointed senator upstream gives the day of the special election, but the appointee
    serves until the winner is sworn in: at the latest to the end of the Congress, as far as we
    dare say.
    """
    end = term.day("end")
    if "end-type" in term and term.text("end-type") == "special-election":
        return end_of_congress(end)
    return house_term_end(state, end) if term.text("type") == "rep" else end


def _optional(term: Record, key: str) -> str | None:
    return term.text(key) if key in term else None


def _address(term: Record, key: str) -> str | None:
    """A web address; upstream has one that begins ``hhttps://``."""
    if key not in term:
        return None
    address = re.sub(r"^h+ttp", "http", term.text(key))
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise term.fault(f"{key!r} is no web address: {address!r}")
    return address
