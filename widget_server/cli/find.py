"""``threesteps find``: who represents a ZIP, as a table or as the JSON of the contract."""

import json
import os

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from ..find.contract import answer_json
from ..find.roster import Roster
from ..model import Answer, Legislator
from ..places import district_in_words, ordinal, seat_in_words, state_in_words
from ..settings import Settings

NONE_SENTENCES = {
    "malformed": "That is not a ZIP. Five digits are needed, such as 94110 or 94110-1234.",
    "unknown_zip": "The Postal Service has assigned this ZIP to no place.",
    "no_seat": "Palau, Micronesia and the Marshall Islands have no seat in Congress.",
    "military": "A military ZIP belongs to no district: use the ZIP of your US voting address.",
    "no_match": "No place matches this address.",
    "bad_address": "The address needs a house number and a street.",
}

EXIT_CODES = {"malformed": 2, "bad_address": 2}


@click.command()
@click.argument("query")
@click.option("--json", "as_json", is_flag=True, help="Print the JSON of the contract.")
@click.pass_context
def find(context: click.Context, query: str, as_json: bool) -> None:
    """Who represents the ZIP QUERY.

    Exits 0 when answered, 2 when QUERY is malformed, 3 when the answer is unavailable.
    """
    now = Settings.from_env(os.environ).clock()
    answer = Roster.load().lookup(query, now)
    if as_json:
        click.echo(json.dumps(answer_json(answer, query), ensure_ascii=False, indent=2))
    else:
        _show(answer, query.strip())
    context.exit(_exit_code(answer))


def _exit_code(answer: Answer) -> int:
    if answer.status == "unavailable":
        return 3
    return EXIT_CODES.get(answer.reason or "", 0)


def _show(answer: Answer, query: str) -> None:
    console = Console()
    if answer.reason:
        console.print(NONE_SENTENCES[answer.reason])
        return
    console.print(_sentence(answer, query), highlight=False)
    if answer.legislators:
        console.print(_table(answer.legislators))
    for seat in answer.vacancies:
        console.print(f"Vacant: {seat_in_words(seat)}.", highlight=False)
    for seat in answer.unsettled:
        console.print(f"Not known yet who holds: {seat_in_words(seat)}.", highlight=False)
    console.print(f"As of {answer.as_of}, {ordinal(answer.congress)} Congress.", style="dim")


def _sentence(answer: Answer, query: str) -> str:
    if answer.status == "choose":
        candidates = "; ".join(map(district_in_words, answer.districts))
        return f"{query} lies in several districts: {candidates}. Which is yours?"
    if answer.district:
        return f"{query} is in {district_in_words(answer.district)}."
    assert answer.state is not None
    state = state_in_words(answer.state)
    return f"{query} is in {state}; the district is not known. A street address would tell it."


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
