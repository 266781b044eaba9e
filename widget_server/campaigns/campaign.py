"""What a campaign is: its nouns, frozen and already valid."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from markupsafe import Markup

from ..model import Legislator, Stance
from .bill import Bill, StanceNote
from .fixed import Fixed, Matter

Audience = Literal["ask", "thank", "both"]
Keep = Literal["updates", "signature"]
Sealer = Literal["server", "browser"]
State = Literal["live", "paused", "won", "ended"]


@dataclass(frozen=True, slots=True)
class Organiser:
    """Who runs the campaign; ``contact`` is an email address or an https address."""

    name: str
    address: str
    contact: str

    @property
    def contact_url(self) -> str:
        """Where a link to the organiser leads."""
        return f"mailto:{self.contact}" if "@" in self.contact else self.contact


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact of the campaign's words can be read."""

    fact: str
    url: str


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What the widget offers once the campaign is over; ``Words.afterwards`` is its label."""

    url: str


@dataclass(frozen=True, slots=True)
class Words:
    """What the campaign says to visitors in one language.

    ``name`` is the language's own name for itself. ``explainer`` and ``privacy`` are HTML made
    from Markdown without raw HTML; everything else is plain text.
    """

    language: str
    name: str
    title: str
    description: str
    headline: str
    call: str
    steps: tuple[str, str, str]
    success: str
    failure: str
    explainer_title: str
    explainer: Markup
    learn_more: str
    share: str
    mine_hint: str
    paused: str
    won: str
    ended: str
    afterwards: str
    privacy_title: str
    privacy: Markup


@dataclass(frozen=True, slots=True)
class Message:
    """A text to an office with named placeholders, and what it says in other languages.

    ``line`` is where it stands in the messages file.
    """

    id: str
    audience: Audience
    text: str
    glosses: Mapping[str, str] = field(hash=False)
    line: int

    def suits(self, stance: Stance) -> bool:
        """Whether it is meant for a legislator with this stance."""
        return self.audience in ("both", "ask" if stance == "none" else "thank")


@dataclass(frozen=True, slots=True)
class Messages:
    """Every text to an office, in the offices' ``language``."""

    file: Path
    language: str
    greeting: str
    sign_off: str
    tweets: tuple[Message, ...]
    subjects: tuple[Message, ...]
    openings: tuple[Message, ...]
    reasons: tuple[Message, ...]
    asks: tuple[Message, ...]
    scripts: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Campaign:
    """A campaign, complete in every language of ``languages`` (the default one first).

    It runs from ``starts`` to ``ends``; its days are counted in ``timezone``. ``declared`` is the
    state that the organiser has written down, ``resumes`` the day on which a paused one goes on,
    if that is known. ``keep`` says what may be sealed and kept of a submission: only of those who
    ask for ``updates``, or each ``signature``, where signing is the consent; ``seal`` says who
    seals it. ``consent`` names the version of the privacy words that people agree to.
    ``host_events`` lets the partner's page hear of the visitor's steps, ``keep_district`` stores
    the district beside a submission. Partners see numbers up to ``count_delay`` days ago, rounded
    down to a multiple of ``count_floor``; 0 keeps nothing back. ``fixed`` is whom everybody
    writes to, None where legislators are looked up; it stands in place of ``bills``.
    """

    slug: str
    languages: tuple[str, ...]
    starts: datetime
    ends: datetime
    timezone: str
    declared: State
    resumes: date | None
    goal: int
    accent: str
    organiser: Organiser
    bills: tuple[Bill, ...]
    fixed: Fixed | None
    afterwards: Afterwards
    keep: Keep
    seal: Sealer
    consent: str
    host_events: bool
    keep_district: bool
    count_floor: int
    count_delay: int
    sources: tuple[Source, ...]
    words: Mapping[str, Words] = field(hash=False)
    messages: Messages

    @property
    def default_language(self) -> str:
        """The language shown when the visitor names none."""
        return self.languages[0]

    def words_in(self, language: str | None) -> Words:
        """The words in a language, or in the default one when it is not the campaign's."""
        return self.words.get(language or "") or self.words[self.default_language]

    def state(self, now: datetime) -> State:
        """What holds at this instant: ``ends`` ends it whatever was declared, but a success."""
        over = now >= self.ends and self.declared != "won"
        return "ended" if over else self.declared

    def live(self, now: datetime) -> bool:
        """Whether it offers messages and takes submissions."""
        return self.state(now) == "live"

    def ended(self, now: datetime) -> bool:
        """Whether it is over for good, won or not."""
        return self.state(now) in ("won", "ended")

    def day(self, now: datetime) -> date:
        """The date at this instant where the campaign counts its days."""
        return now.astimezone(ZoneInfo(self.timezone)).date()

    @property
    def subjects(self) -> tuple[Bill | Matter, ...]:
        """Everything that it is about, to be read up on."""
        return (self.fixed.matter,) if self.fixed else self.bills

    def subject(self, legislator: Legislator) -> Bill | Matter:
        """What a message to this person is about."""
        return self.fixed.matter if self.fixed else self.bill_for(legislator)

    def bill_for(self, legislator: Legislator) -> Bill:
        """The bill in the legislator's own chamber; a campaign's only bill concerns both."""
        chamber = "senate" if legislator.role == "senator" else "house"
        return next((bill for bill in self.bills if bill.chamber == chamber), self.bills[0])

    def stance(self, legislator: Legislator) -> Stance:
        """What the legislator has done for the bill in their chamber; targets have none."""
        return "none" if self.fixed else self.bill_for(legislator).stance(legislator.id)

    def stance_note(self, legislator: Legislator) -> StanceNote:
        """The stance with its bill and its date, to be shown beside the legislator."""
        bill = self.bill_for(legislator)
        signer = bill.signers.get(legislator.id)
        return StanceNote(
            bill.stance(legislator.id), bill.label, signer.as_of if signer else bill.as_of
        )
