"""A partner's numbers for programs: CSV for who is signed in, JSON for who has the API key."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...errors import AuthError
from ...model import Partner
from ...report import counts, discretion, placements
from ..desk import NO_STORE
from ..service import Service, service_of
from .desk import Desk
from .session import key_holder


async def send_counts(desk: Desk) -> Response:
    """``GET /partner/counts.csv``: every day's numbers; ``?campaign`` for one campaign's."""
    read = await run_in_threadpool(_counts, desk.service, desk.partner, _campaign(desk.request))
    return _csv(desk, "counts", counts.as_csv(read))


async def send_sources(desk: Desk) -> Response:
    """``GET /partner/sources.csv``: the same, told apart by label."""
    found = await run_in_threadpool(
        _placements, desk.service, desk.partner, _campaign(desk.request)
    )
    return _csv(desk, "sources", placements.as_csv(found))


async def send_json(request: Request) -> Response:
    """``GET /api/v1/counts``: the same numbers, for a program that has the partner's API key."""
    service = service_of(request)
    try:
        partner = await key_holder(service, request)
    except AuthError as error:
        body = {"error": {"code": error.code, "message": error.sentence, "field": None}}
        return JSONResponse(body, error.status, {"WWW-Authenticate": "Bearer"})
    read = await run_in_threadpool(_counts, service, partner, _campaign(request))
    return JSONResponse(counts.as_json(read), headers=NO_STORE)


def _campaign(request: Request) -> str | None:
    return request.query_params.get("campaign") or None


def _csv(desk: Desk, name: str, text: str) -> Response:
    headers = {
        "Content-Disposition": f'attachment; filename="{desk.partner.slug}-{name}.csv"',
        **NO_STORE,
    }
    return Response(text, media_type="text/csv; charset=utf-8", headers=headers)


def _counts(service: Service, partner: Partner, campaign: str | None) -> counts.Counts:
    with service.store.read() as connection:
        seen = discretion.read(connection, partner.slug, service.campaigns, service.clock())
    return seen.counts(campaign)


def _placements(
    service: Service, partner: Partner, campaign: str | None
) -> tuple[placements.Placement, ...]:
    with service.store.read() as connection:
        seen = discretion.read(connection, partner.slug, service.campaigns, service.clock())
        return seen.placements(connection, campaign)
