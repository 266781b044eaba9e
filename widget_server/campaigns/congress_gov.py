"""What Congress.gov knows of a bill: answers of its API v3 in, who stands behind the bill out.

Nothing here opens a file or a connection: an ``Ask`` does. Answers come in two shapes, the
live JSON and JSON made from XML, where numbers and booleans are texts, a list of one can be
``{"item": {...}}`` and ``pagination`` is missing.
The API: https://github.com/LibraryOfCongress/api.congress.gov/blob/main/Documentation/BillEndpoint.md
"""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from ..errors import CampaignError
from ..model import Stance
from ..places import ordinal
from .bill import Bill, BillType, Signer

#: The most that the API gives at once.
PAGE_SIZE = 250

#: More than have ever sat in a chamber in one Congress.
_MOST_COSPONSORS = 600

#: How the addresses of Congress.gov's pages name each type.
_PAGES: dict[BillType, str] = {
    "hr": "house-bill",
    "s": "senate-bill",
    "hres": "house-resolution",
    "sres": "senate-resolution",
    "hjres": "house-joint-resolution",
    "sjres": "senate-joint-resolution",
    "hconres": "house-concurrent-resolution",
    "sconres": "senate-concurrent-resolution",
}


@dataclass(frozen=True, slots=True)
class Question:
    """A page of the API: its path, and with which item it begins."""

    path: str
    offset: int = 0

    def refusal(self, sentence: str) -> CampaignError:
        """Why its answer is not taken."""
        place = f"{self.path} from {self.offset}" if self.offset else self.path
        return CampaignError(f"Congress.gov, {place}: {sentence} The stances stay as they were.")


#: Gets the text of an answer. Raises CampaignError when there is none.
Ask = Callable[[Question], str]


@dataclass(frozen=True, slots=True)
class Page:
    """One page of cosponsors: how many it lists, and who of them has not withdrawn.

    ``total`` is how many there are on all pages, and ``more`` that another follows.
    """

    length: int
    signed: tuple[str, ...]
    total: int
    more: bool


def signers(bill: Bill, ask: Ask, as_of: date) -> tuple[Signer, ...]:
    """Who stands behind the bill on the day ``as_of``.

    Raises CampaignError when an answer is not to be believed.
    """
    about = Question(f"/v3/bill/{bill.congress}/{bill.type}/{bill.number}")
    sponsors = read_sponsors(ask(about), about, bill)
    cosponsors = _cosponsors(Question(f"{about.path}/cosponsors"), ask)
    stances: dict[str, Stance] = dict.fromkeys(cosponsors, "cosponsor")
    stances |= dict.fromkeys(sponsors, "sponsor")
    return tuple(
        Signer(person, bill.label, stance, _source(bill, stance), as_of)
        for person, stance in stances.items()
    )


def read_sponsors(text: str, question: Question, bill: Bill) -> tuple[str, ...]:
    """The Bioguide ids of a bill's sponsors, of whom there is at least one."""
    found = _object(text, question).get("bill")
    if not isinstance(found, dict):
        raise question.refusal("The answer has no bill.")
    wanted = (str(bill.congress), bill.type, str(bill.number))
    given = tuple(str(found.get(key)).lower() for key in ("congress", "type", "number"))
    if given != wanted:
        raise question.refusal(f"The answer is about another bill: {' '.join(given)}.")
    sponsors = tuple(_id(person, question) for person in _items(found.get("sponsors"), question))
    if not sponsors:
        raise question.refusal("The answer names no sponsor.")
    return sponsors


def read_cosponsors(text: str, question: Question) -> Page:
    """One page of a bill's cosponsors."""
    answer = _object(text, question)
    people = _items(answer.get("cosponsors"), question)
    pagination = answer.get("pagination") or {}
    try:
        total = int(pagination.get("count", 0))
    except (AttributeError, TypeError, ValueError):
        raise question.refusal("The answer's pagination cannot be read.") from None
    return Page(
        length=len(people),
        signed=tuple(
            _id(person, question) for person in people if not person.get("sponsorshipWithdrawnDate")
        ),
        total=total,
        more=bool(people) and ("next" in pagination or len(people) >= PAGE_SIZE),
    )


def _cosponsors(question: Question, ask: Ask) -> Iterator[str]:
    """All pages, by our own offsets: the address of the next page is never followed."""
    while True:
        page = read_cosponsors(ask(question), question)
        yield from page.signed
        question = Question(question.path, question.offset + page.length)
        if question.offset > _MOST_COSPONSORS:
            raise question.refusal("The pages do not end.")
        if not page.more:
            break
    if question.offset < page.total:
        raise question.refusal(f"Only {question.offset} of {page.total} cosponsors came.")


def _object(text: str, question: Question) -> dict[str, Any]:
    if text.lstrip("\ufeff \r\n\t").startswith("<"):
        raise question.refusal("The answer is XML or a web page, not JSON.")
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        raise question.refusal("The answer is cut short, or is not JSON.") from None
    if not isinstance(value, dict):
        raise question.refusal("The answer is JSON of another shape.")
    return value


def _items(value: Any, question: Question) -> list[dict[str, Any]]:
    """A list of people, also one that was made from XML."""
    if isinstance(value, dict) and "item" in value:
        value = value["item"] if isinstance(value["item"], list) else [value["item"]]
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise question.refusal("The answer has no list of people.")
    return value


def _id(person: dict[str, Any], question: Question) -> str:
    bioguide = person.get("bioguideId")
    if not isinstance(bioguide, str) or not re.fullmatch(r"[A-Z]\d{6}", bioguide):
        raise question.refusal(f"The answer names somebody without a Bioguide id: {bioguide!r}.")
    return bioguide


def _source(bill: Bill, stance: Stance) -> str:
    """The page where people can read it."""
    page = f"{ordinal(bill.congress)}-congress/{_PAGES[bill.type]}/{bill.number}"
    below = "/cosponsors" if stance == "cosponsor" else ""
    return f"https://www.congress.gov/bill/{page}{below}"
