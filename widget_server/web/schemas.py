"""The shapes of the JSON API in JSON Schema, with the words that ``model`` and ``forms`` check by.

An object names each of its fields: one that is in an answer and not here is a mistake.
"""

from typing import Any, get_args

from ..campaigns import State
from ..model import ACT_KINDS, COUNT_KINDS, Office, Reason, Status
from .forms import EMAIL_MOST_CHARACTERS, NAME_MOST_CHARACTERS

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
TEXTS: Schema = {"type": "array", "items": TEXT}
DAY: Schema = {"type": "string", "format": "date"}
NUMBER: Schema = {"type": "integer", "minimum": 0}
YES: Schema = {"type": "string", "enum": ["yes"]}


def said(schema: Schema, about: str) -> Schema:
    """The schema with a sentence about it."""
    return {**schema, "description": about}


def words(kind: Any) -> Schema:
    """One of the words of a ``Literal``."""
    found = (word for part in get_args(kind) for word in get_args(part) or (part,))
    return {"type": "string", "enum": list(found)}


def answer(fields: dict[str, Schema], /, **optional: Schema) -> Schema:
    """An object that we send: these fields always, and the others at times."""
    return {
        "type": "object",
        "required": list(fields),
        "properties": {**fields, **optional},
        "additionalProperties": False,
    }


def form(fields: dict[str, Schema], *required: str, **more: Any) -> Schema:
    """What is sent to us: texts. Fields that we do not know are left alone."""
    return {
        "type": "object",
        "required": list(required),
        "properties": fields,
        "additionalProperties": TEXT,
        **more,
    }


def named(name: str) -> Schema:
    """A reference to one of ``SCHEMAS``."""
    return {"$ref": f"#/components/schemas/{name}"}


_LEGISLATOR = {
    "id": said(TEXT, "The Bioguide id, or a campaign's own for its officials."),
    "role": words(Office),
    "name": TEXT,
    "state": TEXT,
    "district": said(TEXT_OR_NULL, "`CA-11`, `WY-0` at large; null for senators."),
    "party": TEXT,
    "phone": TEXT_OR_NULL,
    "website": TEXT_OR_NULL,
    "contact_form": TEXT_OR_NULL,
    "x": said(TEXT_OR_NULL, "The handle, without @."),
}
_EMAIL = answer({"subject": TEXT, "body": TEXT})
_TARGET = {**_LEGISLATOR, "tweets": TEXTS, "emails": {"type": "array", "items": _EMAIL}}


def _place(person: str, **more: Schema) -> Schema:
    """Who speaks for a place, each as ``person`` says."""
    fields = {
        "status": words(Status),
        "query": TEXT,
        "congress": {"type": "integer"},
        "as_of": said(DAY, "How old the facts are."),
        "state": TEXT_OR_NULL,
        "districts": TEXTS,
        "vacancies": said(TEXTS, "Empty seats: `TX-23`, `SC-SEN`."),
        "unsettled": said(TEXTS, "Seats whose holder nobody can know yet."),
        "legislators": {"type": "array", "items": named(person)},
        **more,
    }
    return answer(
        fields,
        reason=words(Reason),
        zip_status={"enum": [*get_args(Status), None]},
        chosen={"const": True},
        unlikely=TEXTS,
        campaign_state=said(words(State), "Only unless the campaign is live; then no messages."),
    )


_COUNTS = dict.fromkeys(COUNT_KINDS, NUMBER)
_VISIT = said(TEXT, "The visit token of the last answer to find.")
_ERROR = answer(
    {"code": TEXT, "message": TEXT, "field": TEXT_OR_NULL},
    fields={"type": "object", "additionalProperties": TEXT},
)

SCHEMAS: dict[str, Schema] = {
    "Legislator": answer(_LEGISLATOR),
    "Target": answer(_TARGET),
    "Answer": _place("Legislator"),
    "Found": _place("Target", visit=said(TEXT, "What act and submit need; good for 24 hours.")),
    "Receipt": answer({"status": {"const": "received"}, "reference": TEXT}),
    "Counts": answer(
        {
            "partner": TEXT,
            "campaign": said(TEXT_OR_NULL, "null: all campaigns together."),
            "totals": answer(_COUNTS),
            "held": said(NUMBER, "Submissions that wait for a review; in no other number."),
            "invalidated": said(NUMBER, "Of those submitted, the ones that bring nobody."),
            "days": {"type": "array", "items": answer({"day": DAY, **_COUNTS})},
        }
    ),
    "Error": answer({"error": _ERROR}),
    "Refused": answer({"error": _ERROR}, visit=said(TEXT, "A fresh visit to go on with.")),
    "Challenged": answer(
        {
            "error": _ERROR,
            "challenge": said({"type": "object"}, "Of altcha 2: send its payload as `proof`."),
        }
    ),
    "Place": form(
        {
            "zip": {**said(TEXT, "Five digits or ZIP+4."), "examples": ["82001", "94103"]},
            **dict.fromkeys(("street", "city", "state"), TEXT),
            "district": said(TEXT, "A choice among the candidates."),
            "visit": said(TEXT, "To go on with the same visit."),
        },
        description="`zip`, or `street`, `city`, `state` and `zip`.",
    ),
    "Act": form(
        {
            "visit": _VISIT,
            "kind": {"type": "string", "enum": list(ACT_KINDS)},
            "legislator": said(TEXT, "The id; empty for a share."),
        },
        *("visit", "kind"),
    ),
    "Person": form(
        {
            "visit": _VISIT,
            "email": {"type": "string", "maxLength": EMAIL_MOST_CHARACTERS},
            "name": {"type": "string", "maxLength": NAME_MOST_CHARACTERS},
            "zip": TEXT,
            "updates": said(YES, "The organiser may write."),
            "sealed": said(TEXT, "An envelope in place of `name` and `zip`: docs/api.md."),
            "anonymous": said(YES, "Count me without my details."),
            "proof": said(TEXT, "The answer to a challenge; `none` from who cannot give one."),
        },
        "visit",
        description="`email`, or `anonymous`.",
    ),
}
