"""Bodies in, valid values out. Below this line nothing is re-checked."""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import cast, get_args
from urllib.parse import unquote_plus

from starlette.requests import ClientDisconnect, Request

from ..errors import FormError, InputError, TooLargeError
from ..find.zipcodes import normalize_zip
from ..mailboxes import typed_email
from ..model import ActKind
from ..submit import SubmitForm
from .headers import header

MOST_BODY_BYTES = 64 * 1024
MOST_FIELDS = 40
EMAIL_MOST_CHARACTERS = 254
NAME_MOST_CHARACTERS = 200

#: One @, something with a dot behind it, no space or control; "=?" would open an encoded word.
EMAIL = re.compile(
    r"(?!.*=\?)[^\s@<>(),:;\\\"\[\]\x00-\x20\x7f-\x9f]{1,64}@[^\s@.]+(?:\.[^\s@.]+)+"
)

#: An act on a page without scripts: a kind, and a Bioguide id or a campaign's own.
DONE = re.compile(r"(?:tweet|email|call):(?:[A-Z][0-9]{6}|[a-z][a-z0-9-]{0,31})")

#: Unicode's category Cc.
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")

Fields = Mapping[str, str]


async def read_fields(request: Request) -> Fields:
    """The fields of a posted form, or of a JSON object of texts.

    Raises FormError for a body in another form, and TooLargeError.
    """
    body = await _read_body(request)
    kind = header(request, b"content-type").split(";")[0].strip().lower()
    try:
        if kind == "application/json":
            sent = json.loads(body or b"{}")
            if not isinstance(sent, dict) or not all(isinstance(x, str) for x in sent.values()):
                raise FormError
            "".join(sent.values()).encode()  # a lone surrogate is no text
            return sent
        if body and kind != "application/x-www-form-urlencoded":
            raise FormError
        return dict(_pairs(body.decode()))
    except (ValueError, RecursionError) as error:
        raise FormError from error


def _pairs(text: str) -> Iterator[tuple[str, str]]:
    """As ``urllib.parse.parse_qsl`` reads them, with blank values; a few calls less for each."""
    if text.count("&") >= MOST_FIELDS:
        raise FormError
    for pair in filter(None, text.split("&")):
        name, _, value = pair.partition("=")
        yield unquote_plus(name), unquote_plus(value)


async def _read_body(request: Request) -> bytes:
    body, more = b"", True
    while more:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > MOST_BODY_BYTES:
            raise TooLargeError
        more = message.get("more_body", False)
    return body


def submit_form(fields: Fields) -> SubmitForm:
    """The *be counted* form. Raises InputError naming every wrong field."""
    if fields.get("anonymous") == "yes":
        return SubmitForm(email=None, name="", zip="", updates=False)
    faults: dict[str, str] = {}
    email, name = fields.get("email", "").strip(), fields.get("name", "").strip()
    # No more of them is normalised, which takes the square of the length.
    address = typed_email(email[:EMAIL_MOST_CHARACTERS])
    place = normalize_zip(fields.get("zip", "")) or ""
    if not address:
        faults["email"] = "missing"
    elif max(len(email), len(address)) > EMAIL_MOST_CHARACTERS or not EMAIL.fullmatch(address):
        faults["email"] = "bad_email"
    if len(name) > NAME_MOST_CHARACTERS:
        faults["name"] = "bad_name"
    if fields.get("zip", "").strip() and not place:
        faults["zip"] = "bad_zip"
    if faults:
        raise InputError(faults)
    updates, sealed = fields.get("updates") == "yes", fields.get("sealed", "")
    return SubmitForm(address, _printable(name), place, updates, sealed)


def act_kind(fields: Fields) -> ActKind:
    """The kind of action. Raises InputError."""
    kind = fields.get("kind", "")
    if kind not in get_args(ActKind):
        raise InputError({"kind": "bad_kind" if kind else "missing"})
    return cast(ActKind, kind)


def done_acts(fields: Fields) -> frozenset[str]:
    """What the page says was opened, as ``"kind:legislator"``: shown again, never counted."""
    return frozenset(DONE.findall(fields.get("done", "")))


def _printable(text: str) -> str:
    """Without control characters, which no name has and which terminals obey."""
    return unicodedata.normalize("NFC", CONTROL.sub("", text)).strip()
