"""The Census Bureau's geocoder, but for the network: an address in, the question to send out;
what came back in, an outcome out.

The answer is believed only where everything in it agrees; all else is an outage, never a guess.
The service: https://geocoding.geo.census.gov/geocoder/Geocoding_Services_API.html
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NoReturn, TypeVar

from ..places import NON_VOTING, STATE_NAMES, ordinal
from .address import Address
from .congress import congress_at, noon_eastern
from .distinct import distinct
from .fips import AT_LARGE, DELEGATE, STATES, WATER

PATH = "/geocoder/geographies/onelineaddress"
BENCHMARK = "Public_AR_Current"

#: The vintage that has the lines in force, from noon Eastern on a day. The geocoder's default,
#: ``Current_Current``, has answered for the next Congress since September 2026.
VINTAGES = (
    (date(2025, 1, 3), "ACS2025_Current"),
    (date(2027, 1, 3), "Current_Current"),
)

#: Too Many Requests: the status of a service that wants to be left alone.
BUSY = 429

_Kind = TypeVar("_Kind")


@dataclass(frozen=True, slots=True)
class Question:
    """A GET request for ``PATH``: where ``address`` lies under the lines of ``congress``."""

    address: Address
    vintage: str
    congress: int

    @property
    def layer(self) -> str:
        """The geocoder's name for the districts of this Congress."""
        return f"{ordinal(self.congress)} Congressional Districts"

    @property
    def params(self) -> dict[str, str]:
        """The query of the request; it holds the address."""
        return {
            "address": self.address.line,
            "benchmark": BENCHMARK,
            "vintage": self.vintage,
            "layers": self.layer,
            "format": "json",
        }


@dataclass(frozen=True, slots=True)
class Located:
    """The districts of the places that match, several when the matches differ.

    ``states`` are all that a match names, be it by its district or by its postal address.
    """

    districts: tuple[str, ...]
    states: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NoMatch:
    """The geocoder knows no such place."""


@dataclass(frozen=True, slots=True)
class BadAddress:
    """What was typed lacks a house number or a street."""


@dataclass(frozen=True, slots=True)
class Outage:
    """The geocoder gave no answer that can be believed; ``reason`` holds nothing personal.

    ``is_failure`` says that others would get none either: it is not about this one address.
    """

    reason: str
    is_failure: bool = True


Outcome = Located | NoMatch | BadAddress | Outage


def question(address: Address, now: datetime) -> Question:
    """What to ask for the districts that are in force at ``now``."""
    begun = [vintage for day, vintage in VINTAGES if noon_eastern(day) <= now]
    return Question(address, begun[-1] if begun else VINTAGES[0][1], congress_at(now))


def read(status_code: int, body: bytes, asked: Question) -> Outcome:
    """What an answer says; whatever it is, this raises nothing."""
    reply = _parse(body)
    if reply is None:
        return Outage("no JSON object" if status_code == 200 else f"HTTP {status_code}")
    try:
        if status_code == 200:
            return _outcome(reply, asked)
        if status_code == 400:
            return _refusal(reply)
    except _UnbelievableError as fault:
        return Outage(str(fault), is_failure=False)
    return Outage(f"HTTP {status_code}", is_failure=status_code >= 500 or status_code == BUSY)


class _UnbelievableError(Exception):
    """The answer is not one; the text says why in a few words."""


def _parse(body: bytes) -> dict[str, Any] | None:
    """The JSON object that the body is, None when it is none."""
    # Decoded here, because json.loads would guess UTF-16 and UTF-32 too.
    try:
        reply = json.loads(body.decode(), parse_constant=_refuse_constant)
    except (ValueError, RecursionError):
        return None
    return reply if isinstance(reply, dict) else None


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _refusal(reply: Mapping[str, Any]) -> Outcome:
    """What a 400 is about: the address, or a vintage that is retired, for everybody then."""
    errors = _part(reply, "errors", list)
    text = " ".join(error for error in errors if isinstance(error, str)).casefold()
    if any(word in text for word in ("vintage", "benchmark", "layer")):
        return Outage("HTTP 400")
    blames_the_address = "street" in text or "house number" in text
    return BadAddress() if blames_the_address else Outage("HTTP 400", is_failure=False)


def _outcome(reply: Any, asked: Question) -> Outcome:
    districts: list[str] = []
    states: list[str] = []
    for match in _part(_part(reply, "result", dict), "addressMatches", list):
        matched = list(_districts(match, asked))
        districts += matched
        states += [district[:2] for district in matched]
        states += _postal_state(match) if matched else []
    return Located(distinct(districts), distinct(states)) if districts else NoMatch()


def _districts(match: Any, asked: Question) -> Iterator[str]:
    """The districts of one match, water left out."""
    areas = _part(_part(match, "geographies", dict), asked.layer, list)
    if not areas:
        raise _UnbelievableError(f"no {asked.layer}")
    for area in areas:
        if district := _district(area, asked.congress):
            yield district


def _district(area: Any, congress: int) -> str | None:
    geoid, fips = _part(area, "GEOID", str), _part(area, "STATE", str)
    state, number = STATES.get(fips), geoid[2:]
    if _part(area, "CDSESSN", str) != str(congress):
        raise _UnbelievableError("another Congress")
    if state is None or geoid[:2] != fips or len(number) != 2:
        raise _UnbelievableError("a district of another state")
    if area.get(f"CD{congress}", number) != number:
        raise _UnbelievableError("two numbers for one district")
    return None if number == WATER else f"{state}-{_seat_number(state, number)}"


def _seat_number(state: str, number: str) -> int:
    if number == (DELEGATE if state in NON_VOTING else AT_LARGE):
        return 0
    if number in {AT_LARGE, DELEGATE} or not (number.isascii() and number.isdigit()):
        raise _UnbelievableError("no number of a district")
    return int(number)


def _postal_state(match: Mapping[str, Any]) -> list[str]:
    """The state of the matched postal address, where it says one.

    Near a border it may differ from the district's: the post office lies across.
    """
    components = match.get("addressComponents")
    state = components.get("state") if isinstance(components, dict) else None
    return [state] if isinstance(state, str) and state in STATE_NAMES else []


def _part(whole: Any, name: str, kind: type[_Kind]) -> _Kind:
    part = whole.get(name) if isinstance(whole, dict) else None
    if not isinstance(part, kind):
        raise _UnbelievableError(f"no {name}")
    return part
