"""The nouns that pass between the stages: plain, frozen, already valid.

Nothing here reads, writes or decides. A stage parses its input into these once,
at its edge, and every stage below trusts them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

Role = Literal["senator", "representative", "delegate", "resident commissioner"]
Office = Role | Literal["official"]
Status = Literal["found", "choose", "partial", "none", "unavailable"]
Reason = Literal["unknown_zip", "no_seat", "military", "malformed", "no_match", "bad_address"]
ActKind = Literal["tweet", "email", "call", "share"]
Stance = Literal["sponsor", "cosponsor", "none"]

#: A held submission counts once somebody has reviewed it, an invalidated one no longer.
SubmissionStatus = Literal["counted", "held", "invalidated"]

ACT_KINDS: tuple[ActKind, ...] = ("tweet", "email", "call", "share")

#: Every number a report shows, in the order of the visitor's journey.
COUNT_KINDS = (
    "shown",
    "found",
    "acted",
    "tweet",
    "email",
    "call",
    "share",
    "submitted",
    "supporters",
    "overlap",
)

#: What was set aside: told beside the others, and only where there is any.
ASIDE_KINDS = ("held", "invalidated")


@dataclass(frozen=True, slots=True)
class Legislator:
    """A person who holds a seat in Congress, or another ``official`` whom a campaign names.

    ``id`` is the Bioguide id, or the campaign's own. ``district`` is ``"CA-11"``, ``"WY-0"`` for
    at-large seats and delegates, and None for senators. ``accounts`` maps a network ("x",
    "facebook", ...) to a handle without ``@``. The term runs from ``start`` to noon Eastern on
    ``end``. Of an official, ``state`` and ``party`` are empty.
    """

    id: str
    role: Office
    name: str
    last_name: str
    state: str
    district: str | None
    party: str
    caucus: str | None
    phone: str | None
    website: str | None
    contact_form: str | None
    email: str | None
    accounts: Mapping[str, str] = field(hash=False)
    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Answer:
    """Who speaks for a place, and how sure that is.

    ``districts`` are the candidates (one when ``status`` is ``found``), ``vacancies`` the empty
    seats among them (``"TX-23"``, ``"SC-SEN"``). ``state`` is set only when one state is sure,
    ``reason`` only when ``status`` is ``none``. ``chosen`` says that the visitor named the
    district, not the facts. ``unlikely`` are the candidates that hold less than a hundredth of
    the place. ``as_of`` dates the roster. While ``status`` is ``unavailable`` all is what the
    ZIP alone says, and ``zip_status`` how sure that is (None when no ZIP was typed).
    """

    status: Status
    congress: int
    as_of: date
    districts: tuple[str, ...] = ()
    vacancies: tuple[str, ...] = ()
    unsettled: tuple[str, ...] = ()
    legislators: tuple[Legislator, ...] = ()
    state: str | None = None
    reason: Reason | None = None
    chosen: bool = False
    unlikely: tuple[str, ...] = ()
    zip_status: Status | None = None

    def __hash__(self) -> int:
        """Of what tells answers apart, and not of everybody who is in them."""
        return hash((self.status, self.districts, self.state, self.chosen))

    @property
    def known(self) -> Status:
        """How sure the people here are: ``status``, in an outage what the ZIP alone settles."""
        return self.zip_status or self.status

    @property
    def district(self) -> str | None:
        """The one district that is known, else None."""
        return self.districts[0] if self.known == "found" and self.districts else None


@dataclass(frozen=True, slots=True)
class Partner:
    """A site that shows the widget, and what its tokens are worth.

    ``slug`` is its public name in tokens, commands and reports. Tokens below
    ``lowest_generation`` are revoked; sessions and API keys have generations of their own.
    ``sites`` are exact origins (``https://*.example.org`` allowed).
    """

    slug: str
    name: str
    sites: tuple[str, ...]
    generation: int
    lowest_generation: int
    session_generation: int
    api_generation: int
    created_at: datetime

    @property
    def is_revoked(self) -> bool:
        """Whether no snippet of theirs counts for them."""
        return not self.accepts(self.generation)

    def accepts(self, generation: int) -> bool:
        """Whether a token of this generation counts for them."""
        return generation >= self.lowest_generation


@dataclass(frozen=True, slots=True)
class Embed:
    """What a partner token says: whose page this is, and which campaign it shows.

    ``partner`` is None for the house token of a campaign's own page.
    """

    campaign: str
    partner: str | None
    generation: int


@dataclass(frozen=True, slots=True)
class Visit:
    """One visitor's passage through the steps: attribution, CSRF protection and idempotency key.

    ``state`` and ``district`` are set once they are sure, by the lines of ``congress``.
    ``counted`` says that this visit was already counted as *found*, so that asking again counts
    nothing. ``source`` is the partner's label of the placement that brought it.
    """

    id: str
    campaign: str
    partner: str | None
    generation: int
    state: str | None = None
    district: str | None = None
    congress: int | None = None
    counted: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission as it is stored: no personal data but inside ``envelope``.

    ``visit`` is the visit's key in the table of submissions, from which its id cannot be told.
    ``supporter`` is the blind index of the email address (16 bytes), None for an anonymous one.
    ``day`` is the date in the campaign's time zone. ``signs`` says in codes what an honest visitor
    would not have done. ``content_key`` names the key that opens the envelope, ``wrapped`` is that
    key, sealed to its recipients.
    """

    campaign: str
    visit: str
    partner: str | None
    supporter: bytes | None
    district: str | None
    language: str
    day: date
    consent: str | None
    envelope: bytes | None
    reference: str
    source: str = ""
    status: SubmissionStatus = "counted"
    signs: str = ""
    content_key: bytes | None = None
    wrapped: bytes | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a visitor gets for a submission; ``repeated`` when it was already stored."""

    reference: str
    repeated: bool


@dataclass(frozen=True, slots=True)
class Tweet:
    """A post ready to edit: ``text`` fits X's weighted length, ``gloss`` explains it or is None."""

    id: str
    text: str
    gloss: str | None


@dataclass(frozen=True, slots=True)
class Letter:
    """An email ready to edit; ``gloss`` explains it in the visitor's language, or is None."""

    id: str
    subject: str
    body: str
    gloss: str | None


@dataclass(frozen=True, slots=True)
class CallScript:
    """What to say on the phone; ``gloss`` explains it in the visitor's language, or is None."""

    text: str
    gloss: str | None
