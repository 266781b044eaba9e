"""The JSON API described for programs: OpenAPI 3.1, at ``/api/v1/openapi.json``.

Tests compare it with the running service, request by request (tests/api).
"""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from .. import __version__
from .api import KEPT, OPEN
from .schemas import SCHEMAS, TEXT, Schema, named, said
from .service import service_of

Responses = dict[str, Any]

_FORM = ("application/x-www-form-urlencoded", "application/json")
_TOKEN = {"name": "token", "in": "path", "required": True, "schema": TEXT}
_TOKEN["description"] = "From the partner's snippet."


async def describe(request: Request) -> Response:
    """``GET /api/v1/openapi.json``."""
    origin = service_of(request).settings.public_url
    return JSONResponse(document(origin), headers=OPEN | KEPT)


def document(origin: str) -> dict[str, Any]:
    """The whole description of the service at this origin."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Threesteps",
            "version": __version__,
            "description": "Find legislators, act, be counted. Send `Accept: application/json`.",
        },
        "servers": [{"url": origin}],
        "paths": PATHS,
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"api_key": {"type": "http", "scheme": "bearer"}},
        },
    }


def _answered(status: str, about: str, schema: str) -> Responses:
    content = {"application/json": {"schema": named(schema)}}
    return {status: {"description": about, "content": content}}


_DONE: Responses = {"204": {"description": "Taken."}}
_UNREADABLE = _answered("400", "The body is not a form.", "Error")
_UNAUTHORIZED = _answered("401", "The API key is missing or no longer valid.", "Error")
_REFUSED = _answered("403", "The visit is missing, stale or of another partner.", "Refused")
_CLOSED = _answered("410", "The campaign takes no part any more.", "Error")
_TOO_LARGE = _answered("413", "The body is longer than any form of ours.", "Error")
_WRONG = _answered("422", "A field is missing or wrong.", "Error")
_PROOF = _answered("428", "Somebody suspicious has to send `proof` as well.", "Challenged")
_FLOOD = _answered("429", "A flood: try again after `Retry-After` seconds.", "Error")
_OUTAGE = _answered("503", "Our own outage: try again after `Retry-After` seconds.", "Error")
_POSTED = {**_UNREADABLE, **_REFUSED, **_TOO_LARGE, **_WRONG, **_FLOOD, **_OUTAGE}


def _get(name: str, summary: str, responses: Responses, **more: Any) -> dict[str, Any]:
    return {"get": {"operationId": name, "summary": summary, "responses": responses, **more}}


def _post(name: str, summary: str, responses: Responses, body: str = "") -> dict[str, Any]:
    operation: dict[str, Any] = {"operationId": name, "summary": summary, "responses": responses}
    if body:
        content = {kind: {"schema": named(body)} for kind in _FORM}
        operation["requestBody"] = {"required": True, "content": content}
    return {"parameters": [_TOKEN], "post": operation}


def _asked(name: str, about: str, example: str, *, required: bool = False) -> Schema:
    schema = {**said(TEXT, about), "examples": [example]}
    return {"name": name, "in": "query", "required": required, "schema": schema}


def _going_on(operation: str, **fields: str) -> dict[str, Any]:
    """What may follow an answer, with its visit."""
    body = {"visit": "$response.body#/visit", **fields}
    parameters = {"token": "$request.path.token"}
    return {"operationId": operation, "parameters": parameters, "requestBody": body}


_FOUND = _answered("200", "Who speaks for the place, and what to say.", "Found")
_FOUND["200"]["links"] = {
    "find": _going_on("find", zip="94110"),
    "act": _going_on("act", kind="tweet", legislator="$response.body#/legislators/0/id"),
    "submit": _going_on("submit", anonymous="yes"),
}

PATHS: dict[str, Any] = {
    "/api/v1/legislators": _get(
        "legislators",
        "Who speaks for a ZIP code.",
        {**_answered("200", "Who they are, or why nobody is named.", "Answer"), **_WRONG},
        parameters=[
            _asked("zip", "Five digits or ZIP+4.", "20010", required=True),
            _asked("district", "A choice among the candidates.", "DC-0"),
        ],
    ),
    "/api/v1/counts": _get(
        "counts",
        "A partner's own numbers.",
        {**_answered("200", "Totals, and the days that had any.", "Counts"), **_UNAUTHORIZED},
        security=[{"api_key": []}],
    ),
    "/w/{token}/find": _post(
        "find", "Who speaks for a place, with messages and a visit.", {**_FOUND, **_POSTED}, "Place"
    ),
    "/w/{token}/act": _post(
        "act", "A tweet, an email, a call or a share was opened.", {**_DONE, **_POSTED}, "Act"
    ),
    "/w/{token}/submit": _post(
        "submit",
        "Be counted. Answered once it is on disk.",
        {
            **_answered("201", "Counted.", "Receipt"),
            **_answered("200", "This visit was counted before: the same receipt.", "Receipt"),
            **_CLOSED,
            **_PROOF,
            **_POSTED,
        },
        "Person",
    ),
    "/w/{token}/shown": _post("shown", "A widget came into view.", _DONE),
}
