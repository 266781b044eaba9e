"""A partner's numbers for programs: CSV for who is signed in, JSON for who has the API key."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...errors import AuthError
from ...model import Partner
from ...report import counts
from ..service import Service, service_of
from .desk import Desk
from .session import key_holder


async def send_csv(desk: Desk) -> Response:
    """Every day's numbers, for a spreadsheet."""
    read = await run_in_threadpool(_counts, desk.service, desk.partner)
    headers = {
        "Content-Disposition": f'attachment; filename="{desk.partner.slug}-counts.csv"',
        "Cache-Control": "no-store",
    }
    return Response(counts.as_csv(read), media_type="text/csv; charset=utf-8", headers=headers)


async def send_json(request: Request) -> Response:
    """The same numbers for a program that has the partner's API key."""
    service = service_of(request)
    try:
        partner = await key_holder(service, request)
    except AuthError as error:
        body = {"error": {"code": error.code, "message": error.sentence, "field": None}}
        return JSONResponse(body, error.status, {"WWW-Authenticate": "Bearer"})
    read = await run_in_threadpool(_counts, service, partner)
    return JSONResponse(counts.as_json(read), headers={"Cache-Control": "no-store"})


def _counts(service: Service, partner: Partner) -> counts.Counts:
    with service.store.read() as connection:
        return counts.read(connection, partner=partner.slug)
