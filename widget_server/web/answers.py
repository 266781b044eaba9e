"""An answer and a campaign in; what the cards of the widget show, or the JSON contract, out."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from markupsafe import Markup, escape

from ..campaigns import Campaign
from ..compose import call, email, tweet
from ..find.contract import answer_json
from ..model import ACT_KINDS, Answer, CallScript, Legislator, Letter, Tweet
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
    unlikely: bool


def sure_people(answer: Answer) -> tuple[Legislator, ...]:
    """Those who speak for the visitor whatever the open question's answer."""
    if answer.known == "choose":
        return tuple(person for person in answer.legislators if person.district is None)
    return answer.legislators


def candidates(answer: Answer, t: Strings) -> tuple[Candidate, ...]:
    """The districts to choose from, each with who holds it."""
    holders = {person.district: person.name for person in answer.legislators}
    return tuple(
        Candidate(district, t.seat(district), holders.get(district), district in answer.unlikely)
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
        line=Markup(" · ").join(_about(campaign, person, t)),
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


def _about(campaign: Campaign, person: Legislator, t: Strings) -> Iterator[str]:
    """Role, party, place, and what they have done for the bill, each in a few words."""
    if campaign.fixed:
        yield escape(campaign.fixed.target(person.id).title.in_language(t.language))
        yield escape(campaign.fixed.place.in_language(t.language))
        return
    yield t(f"role_{person.role}")
    party = _party(person.party, t)
    caucus = person.caucus and _party(person.caucus, t)
    yield t("party_caucus", party=party, caucus=caucus) if caucus else party
    yield t.seat(person.district or person.state)
    note = campaign.stance_note(person)
    if note.stance != "none" and note.as_of:
        yield t(f"stance_{note.stance}", bill=note.bill, date=t.date(note.as_of))


def _party(party: str, t: Strings) -> str:
    known = {"Democrat", "Republican", "Independent"}
    return t(f"party_{party}") if party in known else party


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
