"""Visit and form -> a submission without personal data -> its row and tallies, in one transaction.

``prepare`` runs where the request is handled: what it returns can be queued, stored and logged
without naming anybody. ``record_all`` runs in the writer.
"""

import hmac
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from sqlalchemy import Connection

from .campaigns import Campaign
from .errors import ClosedError, UnavailableError
from .keys import Keyring
from .mailboxes import canonical_email
from .model import Receipt, Submission, Visit
from .seal import Context, Sealed, read_posted, seal
from .store import closures, content_keys, submissions, tallies
from .store.schema import UNATTRIBUTED
from .store.submissions import Standing
from .store.tallies import TallyKey
from .store.visits import visit_key

SUPPORTER_BYTES = 16
#: Crockford's digits: no I, L, O or U, so that a reference can be read aloud.
_DIGITS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
#: One attempt, and one more for each unique index that another process may win.
_ATTEMPTS = 3


@dataclass(frozen=True, slots=True)
class SubmitForm:
    """What a visitor sent, already valid; ``email`` is None for *count me without my details*.

    ``updates`` says that the organiser may email them about this campaign. ``sealed`` is what the
    browser sealed by itself, ``""`` when that is left to us.
    """

    email: str | None
    name: str = ""
    zip: str = ""
    updates: bool = False
    sealed: str = ""

    def __repr__(self) -> str:
        return f"SubmitForm(anonymous={self.email is None}, updates={self.updates})"


def prepare(
    form: SubmitForm,
    visit: Visit,
    campaign: Campaign,
    keyring: Keyring,
    language: str,
    now: datetime,
) -> Submission:
    """The submission as it will be stored.

    Only with ``updates``, or where signing is the consent, is anything sealed; else the blind
    index of the email is all that stays of it. Raises ClosedError unless the campaign is live,
    UnavailableError when there is something to seal and no key to seal it to, and InputError
    when the browser sealed it in another way than ours.
    """
    state = campaign.state(now)
    if state != "live":
        raise ClosedError(state)
    number = reference(campaign.slug, visit.id)
    agreed = form.updates or campaign.keep == "signature"
    keeps = agreed and form.email is not None
    consent = campaign.consent if keeps else None
    key = visit_key("submissions", campaign.slug, visit.id)
    context = Context(campaign.slug, key, number, consent)
    sealed = _sealed(form, visit, language, keyring, context) if keeps else None
    return Submission(
        campaign=campaign.slug,
        visit=key,
        partner=visit.partner,
        supporter=None if form.email is None else blind_index(form.email, campaign.slug, keyring),
        district=visit.district if campaign.keep_district else None,
        language=language if campaign.keep_district else "",
        day=campaign.day(now),
        consent=consent,
        envelope=sealed.envelope if sealed else None,
        reference=number,
        source=visit.source if visit.partner else "",
        content_key=sealed.content_key if sealed else None,
        wrapped=sealed.wrapped if sealed else None,
    )


def record_all(connection: Connection, sent: Sequence[Submission]) -> list[Receipt]:
    """Store submissions and count them, in the caller's transaction; receipts in their order.

    A visit that is stored already gets its first reference again, and nothing changes. Raises
    UnavailableError when another process stored some of the same at the same moment, and
    ClosedError when one of their campaigns was closed: one at a time, each will find its place.
    """
    if closures.any_closed(connection, (each.campaign for each in sent)):
        raise ClosedError
    for _ in range(_ATTEMPTS):
        known = submissions.references(connection, sent)
        new = _first_of_each_visit(each for each in sent if _key(each) not in known)
        standings = submissions.standings(connection, list(new.values()))
        added = submissions.add(connection, list(new.values()), standings)
        if added == len(new):
            content_keys.add(connection, new.values())
            tallies.add(connection, _counts(zip(new.values(), standings, strict=True)))
            return [_receipt(each, known, new) for each in sent]
        if added:
            break
    raise UnavailableError


def blind_index(email: str, campaign: str, keyring: Keyring) -> bytes:
    """What stands for a person in the database: the same for the same address, and no address.

    The first 16 bytes of HMAC-SHA256 over campaign and address, under the campaign's own key.
    """
    text = f"{campaign}\0{canonical_email(email)}"
    digest = hmac.new(keyring.index_key(campaign), text.encode(), sha256).digest()
    return digest[:SUPPORTER_BYTES]


def reference(campaign: str, visit: str) -> str:
    """Eight digits a visitor can quote, such as ``7KQ4-M2XD``; always the same for a visit."""
    digest = sha256(f"threesteps.reference\0{campaign}\0{visit}".encode()).digest()
    number = int.from_bytes(digest[:5], "big")
    digits = "".join(_DIGITS[number >> shift & 31] for shift in range(35, -1, -5))
    return f"{digits[:4]}-{digits[4:]}"


def _personal(form: SubmitForm, visit: Visit, language: str) -> dict[str, str]:
    """What only the organiser may read."""
    return {
        "email": form.email or "",
        "name": form.name,
        "zip": form.zip,
        "updates": "yes" if form.updates else "no",
        "state": visit.state or "",
        "district": visit.district or "",
        "language": language,
    }


def _sealed(
    form: SubmitForm, visit: Visit, language: str, keyring: Keyring, context: Context
) -> Sealed:
    if form.sealed:
        return read_posted(form.sealed, keyring.recipients(context.campaign))
    key = keyring.content_key(context.campaign)
    if key is None:
        raise UnavailableError(
            "We cannot take your details at the moment. You can be counted without them.",
            code="no_campaign_key",
        )
    return Sealed(key.wrapped, seal(_personal(form, visit, language), key, context))


def _key(submission: Submission) -> tuple[str, str]:
    return submission.campaign, submission.visit


def _first_of_each_visit(sent: Iterable[Submission]) -> dict[tuple[str, str], Submission]:
    first: dict[tuple[str, str], Submission] = {}
    for each in sent:
        first.setdefault(_key(each), each)
    return first


def _receipt(
    sent: Submission,
    known: Mapping[tuple[str, str], str],
    new: Mapping[tuple[str, str], Submission],
) -> Receipt:
    key = _key(sent)
    stored = known.get(key)
    return Receipt(stored or new[key].reference, repeated=bool(stored) or new[key] is not sent)


def _counts(stored: Iterable[tuple[Submission, Standing]]) -> Counter[TallyKey]:
    counts: Counter[TallyKey] = Counter()
    for submission, standing in stored:
        partner = submission.partner or UNATTRIBUTED
        for kind in submissions.kinds(submission.status, standing):
            key = TallyKey(submission.campaign, partner, submission.day, kind, submission.source)
            counts[key] += 1
    return counts
