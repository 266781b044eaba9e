"""Everything that can go wrong, each with an HTTP status and a sentence fit for the public.

    ThreestepsError
    ├── InputError        422  a field is missing or wrong
    ├── FormError         400  the body is not a form
    ├── RequestError      400  what came is not a request that we read
    │   ├── HeadError     431  its head is longer than any of a browser
    │   └── SlowError     408  it took too long to arrive
    ├── TooLargeError     413  the body is longer than any form of ours
    ├── VisitError        403  the visit token is missing, stale or foreign
    ├── CrossSiteError    403  another site posted the form
    ├── HostError         421  the request names another host than this service
    ├── AuthError         401  no valid partner link, session or API key
    ├── PartnerError      422  a partner's name or site cannot be used
    ├── NotFoundError     404  no such page, campaign or partner
    ├── ClosedError       410  the campaign is paused, won or over
    ├── ProofError        428  the browser has to show that it is one
    ├── LimitError        429  more than any number of people asks for
    ├── FormatError       501  oEmbed in a format that we do not write
    ├── UnavailableError  503  our own outage: try again
    ├── SealError         500  a private key or an envelope does not open
    └── SetupError        500  the installation is wrong; its sentence names the mend
        ├── SettingsError      an environment variable
        ├── RosterError        the facts about people and places
        └── CampaignError      a campaign's files

A token that does not verify is no error to a visitor (the campaign is shown, unattributed);
``tokens`` has its own exceptions for that. An outage is never an absence: functions that look
something up return an answer that says "none", and raise only when they could not look.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from .model import Visit


class ThreestepsError(Exception):
    """The root: ``code`` for programs, the sentence for people, ``field`` when one is to blame."""

    status = 500
    code = "internal"
    sentence = "Something went wrong on our side."

    def __init__(
        self, sentence: str | None = None, *, code: str | None = None, field: str | None = None
    ) -> None:
        self.sentence = sentence or self.sentence
        self.code = code or self.code
        self.field = field
        super().__init__(self.sentence)


class InputError(ThreestepsError):
    """Fields that were sent are wrong; ``faults`` maps each field to its code."""

    status = 422
    code = "bad_input"
    sentence = "Please check what you entered."

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        field = next(iter(self.faults), None)
        super().__init__(code=self.faults[field] if field else None, field=field)


class FormError(ThreestepsError):
    """The body cannot be read as a form or as a JSON object of texts."""

    status = 400
    code = "bad_form"
    sentence = "This form could not be read."


class TooLargeError(ThreestepsError):
    """The body is longer than any form of ours."""

    status = 413
    code = "too_large"
    sentence = "That is too much text. Please shorten it."


class RequestError(ThreestepsError):
    """What came is no HTTP, or more of it at once than we read."""

    status = 400
    code = "bad_request"
    sentence = "This request could not be read."


class HeadError(RequestError):
    """The head of a request is longer than any that a browser sends."""

    status = 431
    code = "too_large_head"
    sentence = "The address or the headers of this request are too long."


class SlowError(RequestError):
    """A request took too long to arrive."""

    status = 408
    code = "too_slow"
    sentence = "That took too long to arrive. Please try again."


class VisitError(ThreestepsError):
    """The visit token does not belong here: ``bad_visit``, or ``stale_visit`` with what it said."""

    status = 403
    code = "bad_visit"
    sentence = "This form was opened somewhere else. Please press the button again."

    def __init__(self, *, code: str | None = None, visit: Visit | None = None) -> None:
        super().__init__(code=code)
        self.visit = visit


class CrossSiteError(ThreestepsError):
    """The browser says that another site sent this form."""

    status = 403
    code = "cross_site"
    sentence = "This form can only be sent from the widget itself."


class HostError(ThreestepsError):
    """The request names another host than this service."""

    status = 421
    code = "bad_host"
    sentence = "This address leads to the service, but is not its own."


class AuthError(ThreestepsError):
    """Nobody is signed in: the link, session or API key is missing, expired or revoked."""

    status = 401
    code = "unauthorized"
    sentence = "This link has expired. Please ask the organiser for a new one."


class PartnerError(ThreestepsError):
    """A name or a site of a partner cannot be used; the sentence says how to write it."""

    status = 422
    code = "bad_partner"


class NotFoundError(ThreestepsError):
    """There is nothing at this address."""

    status = 404
    code = "not_found"
    sentence = "There is nothing at this address."


class ClosedError(ThreestepsError):
    """The campaign takes nothing: it is ``paused``, ``won`` or ``ended``."""

    status = 410
    sentences = MappingProxyType(
        {
            "paused": "This campaign is paused.",
            "won": "This campaign has reached its goal.",
            "ended": "This campaign has ended.",
        }
    )

    def __init__(self, state: str = "ended") -> None:
        super().__init__(self.sentences[state], code=f"campaign_{state}")


class ProofError(ThreestepsError):
    """Something speaks against this submission; ``challenge`` is what its browser has to do."""

    status = 428
    code = "proof_needed"
    sentence = "Please send this again with the answer to the challenge."

    def __init__(self, challenge: Mapping[str, Any]) -> None:
        super().__init__()
        self.challenge = challenge


class LimitError(ThreestepsError):
    """One address or one visit asks for more than any number of people does."""

    status = 429
    code = "too_many"
    sentence = "Too much comes from here at once. Please try again later."

    def __init__(self, *, retry_after_seconds: int) -> None:
        super().__init__()
        self.retry_after_seconds = retry_after_seconds


class FormatError(ThreestepsError):
    """A format was asked for that the standard allows and we do not write."""

    status = 501
    code = "bad_format"
    sentence = "This is available as JSON only."


class UnavailableError(ThreestepsError):
    """We could not do it now; nothing was stored, and trying again is right."""

    status = 503
    code = "unavailable"
    sentence = "We cannot do this at the moment. Please try again."

    def __init__(
        self, sentence: str | None = None, *, code: str | None = None, retry_after_seconds: int = 5
    ) -> None:
        super().__init__(sentence, code=code)
        self.retry_after_seconds = retry_after_seconds


class SealError(ThreestepsError):
    """A private key or an envelope does not open; the sentence says why, not what is inside."""

    code = "sealed"


class SetupError(ThreestepsError):
    """The installation is wrong; the sentence says what to mend."""

    code = "setup"


class SettingsError(SetupError):
    """One or more environment variables cannot be used; all of them are named at once."""


class RosterError(SetupError):
    """The facts about people and places cannot be read or are not plausible."""


class CampaignError(SetupError):
    """A campaign's files have mistakes; each is named with its file and line."""
