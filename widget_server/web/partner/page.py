"""The first page: the partner's numbers, and their last days as a chart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...errors import AuthError
from ...report import counts
from ...report.chart import Chart, draw, last_days
from ..service import service_of
from .desk import Desk, for_partners, language_of, sign_in_page
from .session import PATH, sign_in


@dataclass(frozen=True, slots=True)
class Numbers:
    """Everything the page says."""

    name: str
    sites: tuple[str, ...]
    totals: Mapping[str, int]
    chart: Chart
    origin: str
    as_of: datetime
    warnings: list[str]


async def show(request: Request) -> Response:
    """The page; with ``?link=TOKEN``, a session and a redirect to the page without it."""
    if "link" not in request.query_params:
        return await for_partners(_show)(request)
    service, language = service_of(request), language_of(request)
    lang = request.query_params.get("lang")
    try:
        onward = f"{PATH}?lang={language}" if lang else PATH
        return await sign_in(service, request.query_params["link"], onward)
    except AuthError as error:
        return sign_in_page(service, language, error)


async def _show(desk: Desk) -> Response:
    return desk.html("partner/page.html", page=await run_in_threadpool(_numbers, desk))


def _numbers(desk: Desk) -> Numbers:
    service, partner = desk.service, desk.partner
    now = service.clock()
    with service.store.read() as connection:
        read = counts.read(connection, partner=partner.slug)
    return Numbers(
        name=partner.name,
        sites=partner.sites,
        totals=read.totals,
        chart=draw(last_days(read.days, service.default_campaign.day(now))),
        origin=service.settings.public_url,
        as_of=now,
        warnings=service.roster.warnings(now),
    )
