"""Upstream-shaped files: an invented sample, and full ones made from the packaged tables."""

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from widget_server.find.seats import Seat
from widget_server.find.tables import Tables
from widget_server.model import Legislator

UPSTREAM = Path(__file__).parent.parent / "data" / "upstream"

#: As the Postal Service's list has them: assigned, with a state, whether or not in zccd.csv.
ASSIGNED = {
    "00501": "NY",  # one recipient
    "09012": "AE",  # military
    "94110": "CA",
    "94119": "CA",  # PO boxes
    "96910": "GU",
    "96941": "FM",
}

ROW = "00,{state},{code},{number}\r\n"
HEADER = "state_fips,state_abbr,zcta,cd\r\n"


def write_upstream(tables: Tables, folder: Path) -> None:
    """Files from which ``roster build`` makes the same seats and places again."""
    held = [(seat, seat.holder) for seat in tables.seats if seat.holder]
    _dump(folder / "legislators-current.json", [_entry(*each) for each in held])
    _dump(folder / "legislators-social-media.json", [_social(person) for _, person in held])
    vacant = [seat for seat in tables.seats if seat.holder is None]
    _dump(
        folder / "roster-changes-since-snapshot.json",
        {
            "changes": [],
            "still_vacant_as_of_2026_09_08": [
                {"seat": seat.code, "since": str(seat.start)} for seat in vacant
            ],
        },
    )
    (folder / "zccd.csv").write_text(HEADER + "".join(_rows(tables)), newline="")
    (folder / "zccd-corrections.csv").write_text(HEADER, newline="")


def _dump(path: Path, content: object) -> None:
    path.write_text(json.dumps(content))


def _entry(seat: Seat, person: Legislator) -> dict[str, Any]:
    term = {
        "type": "sen" if seat.senate_class else "rep",
        "state": person.state,
        "class": seat.senate_class,
        "district": int(seat.code[3:]) if person.district else None,
        "start": str(person.start),
        "end": str(person.end),
        "party": person.party,
        "caucus": person.caucus,
        "phone": person.phone,
        "url": person.website,
        "contact_form": person.contact_form,
    }
    name = {"first": person.name, "last": person.last_name, "official_full": person.name}
    return {"id": {"bioguide": person.id}, "name": name, "terms": [term]}


def _social(person: Legislator) -> dict[str, Any]:
    accounts = dict(person.accounts)
    if "x" in accounts:
        accounts["twitter"] = accounts.pop("x")
    return {"id": {"bioguide": person.id}, "social": accounts}


def _rows(tables: Tables) -> list[str]:
    return [
        ROW.format(state=place[:2], code=code, number=place[3:])
        for code, places in tables.zips.items()
        for place in places.split()
        if "-" in place
    ]


def edit_people(folder: Path, change: Callable[[list[Any]], object]) -> None:
    """Change the list of legislators."""
    path = folder / "legislators-current.json"
    people = json.loads(path.read_text())
    change(people)
    path.write_text(json.dumps(people))


def entry(people: list[Any], bioguide: str) -> Any:
    """One person of the list."""
    return next(each for each in people if each["id"]["bioguide"] == bioguide)


def without(people: list[Any], *bioguides: str) -> None:
    """Take people out of the list, as upstream does when they leave."""
    people[:] = [each for each in people if each["id"]["bioguide"] not in bioguides]


def in_seat(tables: Tables, code: str, now: datetime) -> list[str | None]:
    """The Bioguide ids of those who hold the seats of that code, None for a vacant one."""
    rows = [seat for seat in tables.seats if seat.code == code and seat.holds_at(now)]
    return [seat.holder.id if seat.holder else None for seat in rows]


def joined(
    people: list[Any], bioguide: str, district: int, start: str, end: str = "2027-01-03"
) -> None:
    """Somebody new takes a seat of California."""
    term = {"type": "rep", "state": "CA", "district": district, "party": "Democrat"}
    people.append(
        {
            "id": {"bioguide": bioguide},
            "name": {"first": "Nora", "last": "New"},
            "terms": [{**term, "start": start, "end": end}],
        }
    )
