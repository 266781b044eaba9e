"""The public JSON API: who represents a ZIP code.

It takes no address: one of ours would stand in a URL, which servers on the way may log.
"""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import InputError
from ..find.contract import answer_json
from ..model import Answer
from .service import service_of

OPEN = {"Access-Control-Allow-Origin": "*"}
KEPT = {"Cache-Control": "public, max-age=300"}
#: Whatever is longer than a ZIP+4 is not remembered, as it could be of any length.
LONGEST_ZIP = 10


async def legislators(request: Request) -> Response:
    """``GET /api/v1/legislators?zip=``; ``district`` is a choice among the candidates.

    Raises InputError when no ZIP was sent.
    """
    service = service_of(request)
    zip_text = request.query_params.get("zip", "")
    if not zip_text.strip():
        raise InputError({"zip": "missing"})
    district = request.query_params.get("district") or None
    answer = service.roster.lookup(zip_text, service.clock(), district)
    if len(zip_text) > LONGEST_ZIP:
        return _response(answer, zip_text)
    return service.answers.get((zip_text, answer), lambda: _response(answer, zip_text))


def _response(answer: Answer, zip_text: str) -> Response:
    return JSONResponse(answer_json(answer, zip_text), headers=OPEN | KEPT)
