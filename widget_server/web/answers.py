"""An answer and a campaign in; what the cards of the widget show, or the JSON contract, out."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from ..campaigns import Campaign
from ..compose import call, email, tweet
from ..find.contract import answer_json
from ..model import ACT_KINDS, Answer, CallScript, Legislator, Letter, Tweet
from ..places import district_in_words, state_name
from .strings import Strings


@dataclass(frozen=True, slots=True)
class MailLink:
    """A way to open a letter in a mail program; ``subject`` and ``body`` name its parameters."""

    label: str
    url: str
    subject: str
    body: str


@dataclass(frozen=True, slots=True)
class Card:
    """One legislator as the widget shows them; ``acts`` says which kinds were opened."""

    id: str
    name: str
    initials: str
    line: str
    acts: dict[str, bool]
    tweets: tuple[Tweet, ...]
    weight: int
    letters: tuple[Letter, ...]
    script: CallScript
    mail: tuple[MailLink, ...]
    contact: str | None
    website: str | None
    phone: str | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """One district of a split ZIP; ``name`` is None while the seat is vacant."""

    district: str
    place: str
    name: str | None


def sure_people(answer: Answer) -> tuple[Legislator, ...]:
    """Those who speak for the visitor whatever the open question's answer."""
    if answer.status == "choose":
        return tuple(person for person in answer.legislators if person.district is None)
    return answer.legislators


def candidates(answer: Answer) -> tuple[Candidate, ...]:
    """The districts to choose from, each with who holds it."""
    holders = {person.district: person.name for person in answer.legislators}
    return tuple(
        Candidate(district, district_in_words(district), holders.get(district))
        for district in answer.districts
    )


def card(
    campaign: Campaign, person: Legislator, t: Strings, rotation: int, done: frozenset[str]
) -> Card:
    """Everything the widget says about one legislator."""
    tweets = tweet.tweets(campaign, person, t.language, rotation)
    letters = email.letters(campaign, person, t.language, rotation)
    names = person.name.split()
    return Card(
        id=person.id,
        name=person.name,
        initials=names[0][0] + person.last_name[0],
        line=" · ".join((t(f"role_{person.role}"), _party(person, t), _place(person))),
        acts={kind: f"{kind}:{person.id}" in done for kind in ACT_KINDS},
        tweets=tweets,
        weight=tweet.weighted_length(tweets[0].text),
        letters=letters,
        script=call.script(campaign, person, t.language),
        mail=_mail_links(person.email, letters[0], t) if person.email else (),
        contact=person.contact_form,
        website=person.website,
        phone=person.phone,
    )


def as_json(
    answer: Answer, query: str, campaign: Campaign | None, language: str, rotation: int
) -> dict[str, Any]:
    """The contract of *find*: those who are sure come with the messages of a running campaign."""
    shape = answer_json(answer, query)
    sure = {person.id: person for person in sure_people(answer)}
    for item in shape["legislators"]:
        person = sure.get(item["id"])
        item["tweets"] = item["emails"] = []
        if person and campaign:
            tweets = tweet.tweets(campaign, person, language, rotation)
            letters = email.letters(campaign, person, language, rotation)
            item["tweets"] = [message.text for message in tweets]
            item["emails"] = [{"subject": each.subject, "body": each.body} for each in letters]
    return shape


def _party(person: Legislator, t: Strings) -> str:
    known = {"Democrat", "Republican", "Independent"}
    return t(f"party_{person.party}") if person.party in known else person.party


def _place(person: Legislator) -> str:
    return district_in_words(person.district) if person.district else state_name(person.state)


def _mail_links(address: str, letter: Letter, t: Strings) -> tuple[MailLink, ...]:
    text = urlencode({"subject": letter.subject, "body": letter.body}, quote_via=quote)
    to = quote(address, safe="@")
    gmail = urlencode(
        {"view": "cm", "to": address, "su": letter.subject, "body": letter.body}, quote_via=quote
    )
    return (
        MailLink(t("email_app"), f"mailto:{to}?{text}", "subject", "body"),
        MailLink("Gmail", f"https://mail.google.com/mail/?{gmail}", "su", "body"),
        MailLink(
            "Outlook",
            f"https://outlook.live.com/mail/0/deeplink/compose?to={to}&{text}",
            "subject",
            "body",
        ),
    )
