"""People in, lines of JSON out, each of which other systems take as a supporter who signs up.

The words are those of the Open Supporter Data Interface's person signup helper
(https://opensupporter.github.io/osdi-docs/person_signup.html), with what Action Network says of
them (https://actionnetwork.org/docs/v2/person_signup_helper). docs/operate.md has the mapping.
"""

import json
from typing import Any, TextIO

from .export import Person

SYSTEM = "threesteps"
#: What has no word of its own there.
_OF_OURS = (
    *("campaign", "reference", "partner", "source"),
    *("day", "district", "language", "consent"),
)


class Signups:
    """Writes people as JSONL: what they typed, in ASCII, so that no sign can end a line."""

    def __init__(self, file: TextIO) -> None:
        self._file = file

    def write(self, person: Person) -> None:
        """One line."""
        self._file.write(json.dumps(signup(person)) + "\n")


def signup(person: Person) -> dict[str, Any]:
    """The person in OSDI's terms; what is not known is left out.

    A name is not split: nobody can tell the family's part. Who did not ask for updates is
    ``unsubscribed``, because left open it means the opposite to Action Network.
    """
    status = "subscribed" if person["updates"] == "yes" else "unsubscribed"
    known = {
        "identifiers": [f"{SYSTEM}:{person['campaign']}-{person['reference']}"],
        "origin_system": SYSTEM,
        "given_name": person["name"],
        "email_addresses": [{"primary": True, "address": person["email"], "status": status}],
        "postal_addresses": _addresses(person),
        "languages_spoken": [person["language"].split("-")[0]] if person["language"] else [],
        "custom_fields": {field: person[field] for field in _OF_OURS if person[field]},
    }
    return {"person": {word: value for word, value in known.items() if value}}


def _addresses(person: Person) -> list[dict[str, Any]]:
    known = {"postal_code": person["zip"], "region": person["state"]}
    found = {word: value for word, value in known.items() if value}
    return [{"primary": True, **found, "country": "US"}] if found else []
