"""The public JSON API: who represents a ZIP code or an address."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ..find.contract import answer_json
from .finding import names_address, query_of, who_speaks_for
from .service import service_of

OPEN = {"Access-Control-Allow-Origin": "*"}
KEPT = {"Cache-Control": "public, max-age=300"}
NOT_KEPT = {"Cache-Control": "no-store"}


async def legislators(request: Request) -> Response:
    """``GET /api/v1/legislators?zip=``, or ``?street=&city=&state=&zip=``.

    Raises InputError when no place was sent. What names an address is kept by no cache.
    """
    place = request.query_params
    answer = await who_speaks_for(service_of(request), place)
    caching = NOT_KEPT if names_address(place) else KEPT
    return JSONResponse(answer_json(answer, query_of(place)), headers=OPEN | caching)
