"""A street address as people write it in, an ``Address`` fit to ask about out."""

import re
import unicodedata
from dataclasses import dataclass, field

from ..places import STATE_NAMES

#: Longer than any address; the geocoder itself takes streets of at most 100 characters.
MOST_CHARACTERS = 200

_STATES = {name.casefold(): code for code, name in STATE_NAMES.items()}
_ZIP_AT_THE_END = re.compile(r"[ ,]([0-9]{5}(?:-[0-9]{4})?)$")
#: Only after a comma: the "Ct" of "100 Elm Ct" is a court and not Connecticut.
_STATE_AT_THE_END = re.compile(r",[^,]*?[ ,]*\b([A-Za-z]{2})$")


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody lives, as typed but for odd characters. Its ``repr`` tells nothing.

    ``street`` may hold the city too, when all came on one line.
    """

    street: str = field(repr=False)
    city: str = field(default="", repr=False)
    state: str = field(default="", repr=False)
    zip: str = field(default="", repr=False)

    @classmethod
    def parse(cls, street: str, city: str = "", state: str = "", zip_code: str = "") -> "Address":
        """What was typed; nothing of it when it is far too long.

        A ``street`` without city and state is read as a whole address on one line.
        """
        if len(street + city + state + zip_code) > MOST_CHARACTERS:
            return cls("")
        typed = cls(*(_plain(text) for text in (street, city, state, zip_code)))
        return typed if typed.city or typed.state else _read_line(typed.street, typed.zip)

    @property
    def can_be_asked(self) -> bool:
        """Whether there is a street, and no more text than an address has."""
        return bool(self.street) and len(self.line) <= MOST_CHARACTERS

    @property
    def line(self) -> str:
        """The address on one line."""
        return ", ".join(filter(None, (self.street, self.city, self.state, self.zip)))

    @property
    def state_code(self) -> str | None:
        """The postal code of the state that was typed, None when there is none."""
        code = self.state.replace(".", "").upper()
        return code if code in STATE_NAMES else _STATES.get(self.state.casefold())


def _read_line(line: str, zip_code: str) -> Address:
    """A ZIP on the line is believed before ``zip_code``, which may be of an earlier question."""
    state = ""
    if match := _ZIP_AT_THE_END.search(line):
        line, zip_code = line[: match.start()].rstrip(" ,"), match[1]
    if (match := _STATE_AT_THE_END.search(line)) and match[1].upper() in STATE_NAMES:
        line, state = line[: match.start(1)].rstrip(" ,"), match[1]
    return Address(line, state=state, zip=zip_code)


def _plain(text: str) -> str:
    """Full-width signs made plain, control characters and half characters made spaces."""
    kept = unicodedata.normalize("NFKC", text)
    signs = (" " if unicodedata.category(sign).startswith("C") else sign for sign in kept)
    return " ".join("".join(signs).split())
