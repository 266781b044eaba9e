"""A problem in, the bytes of a whole HTTP answer out: for clients that no application answers."""

import json
from collections.abc import Sequence
from http import HTTPStatus

from ..errors import ThreestepsError, UnavailableError

Headers = Sequence[tuple[bytes, bytes]]

_PAGE = '<!doctype html><html lang="en"><meta charset="utf-8"><title>Threesteps</title><p>{}</p>\n'


def refusal(problem: ThreestepsError, asked: Headers, always: Headers) -> bytes:
    """JSON to who ``asked`` for it, else a page of one sentence; ``always`` is in every answer."""
    accept = b",".join(value for name, value in asked if name == b"accept")
    if b"application/json" in accept.lower():
        kind, text = "application/json", json.dumps({"error": _described(problem)})
    else:
        kind, text = "text/html; charset=utf-8", _PAGE.format(problem.sentence)
    body = text.encode()
    headers = {
        "Content-Type": kind,
        "Content-Length": str(len(body)),
        "Cache-Control": "no-store",
        "Connection": "close",
    }
    if isinstance(problem, UnavailableError):
        headers["Retry-After"] = str(problem.retry_after_seconds)
    said = [*always, *((name.encode(), value.encode()) for name, value in headers.items())]
    status = HTTPStatus(problem.status)
    lines = [f"HTTP/1.1 {status} {status.phrase}".encode()]
    lines += [name + b": " + value for name, value in said]
    return b"\r\n".join([*lines, b"", body])


def _described(problem: ThreestepsError) -> dict[str, str | None]:
    return {"code": problem.code, "message": problem.sentence, "field": None}
