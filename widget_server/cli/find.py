"""``threesteps find``: who represents a ZIP or an address, as a table or as the contract's JSON."""

import asyncio
import json
import os

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..find.address import Address
from ..find.contract import answer_json
from ..find.roster import Roster
from ..model import Answer, Legislator
from ..places import district_in_words, ordinal, seat_in_words, state_in_words
from ..settings import Settings
from ..web.geocoding import locate_once

NONE_SENTENCES = {
    "malformed": "That is not a ZIP. Five digits are needed, such as 94110 or 94110-1234.",
    "unknown_zip": "The Postal Service has assigned this ZIP to no place.",
    "no_seat": "Palau, Micronesia and the Marshall Islands have no seat in Congress.",
    "military": "A military ZIP belongs to no district: use the ZIP of your US voting address.",
    "no_match": "No place matches this address.",
    "bad_address": "The address needs a house number and a street.",
}

UNAVAILABLE_SENTENCE = "The geocoder does not answer, so the address could not be looked up."

EXIT_CODES = {"malformed": 2, "bad_address": 2}


@click.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of the contract.")
@click.pass_context
def find(context: click.Context, query: str, as_json: bool) -> None:
    """Who represents QUERY, a ZIP or an address such as "1100 Congress Ave, Austin TX 78701".

    An address is sent to the US Census Bureau's geocoder, or to THREESTEPS_GEOCODER_URL.

    Exits 0 when answered, 2 when QUERY is malformed, 3 when the answer is unavailable.
    """
    answer = _answer(query, Settings.from_env(os.environ))
    if as_json:
        click.echo(json.dumps(answer_json(answer, query), ensure_ascii=False, indent=2))
    else:
        _show(answer, query.strip())
    context.exit(_exit_code(answer))


def _answer(query: str, settings: Settings) -> Answer:
    roster, now = Roster.newest(settings.home), settings.clock()
    if not any(map(str.isalpha, query)):
        return roster.lookup(query, now)
    address = Address.parse(query)
    outcome = asyncio.run(locate_once(settings.geocoder_url, address, now))
    return roster.located(outcome, address, now)


def _exit_code(answer: Answer) -> int:
    if answer.status == "unavailable":
        return 3
    return EXIT_CODES.get(answer.reason or "", 0)


def _show(answer: Answer, query: str) -> None:
    console = Console()
    if answer.reason:
        console.print(NONE_SENTENCES[answer.reason])
        return
    if answer.status == "unavailable":
        console.print(UNAVAILABLE_SENTENCE)
    if not answer.legislators and not answer.unsettled:
        return
    place = "The ZIP alone" if answer.status == "unavailable" else query
    console.print(_sentence(answer, place), highlight=False)
    if answer.legislators:
        console.print(_table(answer.legislators))
    for seat in answer.vacancies:
        console.print(f"Vacant: {seat_in_words(seat)}.", highlight=False)
    for seat in answer.unsettled:
        console.print(f"Not known yet who holds: {seat_in_words(seat)}.", highlight=False)
    console.print(f"As of {answer.as_of}, {ordinal(answer.congress)} Congress.", style="dim")


def _candidate(answer: Answer, district: str) -> str:
    words = district_in_words(district)
    return f"{words} (unlikely)" if district in answer.unlikely else words


def _sentence(answer: Answer, place: str) -> str:
    if answer.known == "choose":
        candidates = "; ".join(_candidate(answer, district) for district in answer.districts)
        return f"{place} may lie in {candidates}. Which is yours?"
    if answer.district:
        return f"{place} is in {district_in_words(answer.district)}."
    assert answer.state is not None
    state = state_in_words(answer.state)
    return f"{place} is in {state}; the district is not known. A street address would tell it."


def _table(people: tuple[Legislator, ...]) -> Table:
    table = Table("Who", "How to reach them", show_lines=True)
    for person in people:
        table.add_row(_who(person), _reach(person))
    return table


def _who(person: Legislator) -> Text:
    place = district_in_words(person.district) if person.district else state_in_words(person.state)
    caucus = f"\ncaucuses with the {person.caucus}s" if person.caucus else ""
    office = f"\n{person.role}, {person.party}{caucus}\nfor {place}"
    return Text.assemble((person.name, "bold"), office)


def _reach(person: Legislator) -> Text:
    handle = f"@{person.accounts['x']} on X" if "x" in person.accounts else None
    return Text("\n".join(filter(None, (person.phone, handle, person.website))))
