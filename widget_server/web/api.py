"""The public JSON API: who represents a ZIP code."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..errors import InputError
from ..find.contract import answer_json
from .service import service_of

OPEN = {"Access-Control-Allow-Origin": "*", "Cache-Control": "public, max-age=300"}


async def legislators(request: Request) -> Response:
    """``GET /api/v1/legislators?zip=``. Raises InputError when no place was sent."""
    service = service_of(request)
    place = request.query_params.get("zip", "")
    if not place.strip():
        raise InputError({"zip": "missing"})
    district = request.query_params.get("district") or None
    answer = service.roster.lookup(place, service.clock(), district)
    return JSONResponse(answer_json(answer, place), headers=OPEN)
