"""Every partner with what they brought; and a new one: a form in, what to send them out."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ...errors import PartnerError
from ...given import Given
from ...model import Partner
from ...report import bringers
from ...report.bringers import Bringer
from ...store import partners
from ...store.changes import Changes
from ...store.sites import bad_site
from ..forms import Fields
from .desk import Desk
from .partner import partner_page


@dataclass(frozen=True, slots=True)
class Row:
    """A partner and their numbers; None before anything was counted for them."""

    partner: Partner
    brought: Bringer | None


@dataclass(frozen=True, slots=True)
class Typed:
    """What was typed into the form, and what is wrong with it: a sentence, or ``""``."""

    name: str = ""
    sites: str = ""
    name_fault: str = ""
    sites_fault: str = ""


class TakenError(PartnerError):
    """A partner has this name: a form that was sent twice, or one to be told apart."""


async def show(desk: Desk) -> Response:
    """``GET /organiser/partners``."""
    return await _page(desk, Typed())


async def add(desk: Desk, fields: Fields) -> Response:
    """``POST /organiser/partners/add``: a new partner, and what to send them, shown once."""
    name, sites = fields.get("name", ""), fields.get("sites", "")
    try:
        partner = await desk.settle(lambda changes: _add(changes, name, sites.split()))
    except PartnerError as error:
        return await _page(desk, _faults(desk, name, sites, error), 422)
    given = Given(desk.service, partner)
    return await partner_page(
        desk,
        partner.slug,
        notice=desk.t("done_added", partner=partner.name),
        link=given.sign_in_link,
        key=given.api_key,
    )


async def _page(desk: Desk, typed: Typed, status: int = 200) -> Response:
    rows = await run_in_threadpool(_rows, desk)
    path = "/organiser/partners"
    return desk.html("organiser/partners.html", status, here=path, rows=rows, typed=typed)


def _rows(desk: Desk) -> tuple[Row, ...]:
    """Who brought most comes first; who brought nothing yet last, as they were added."""
    with desk.service.store.read() as connection:
        known = {partner.slug: partner for partner in partners.list_all(connection)}
        brought = bringers.read(connection)
    first = [Row(known.pop(each.partner), each) for each in brought if each.partner in known]
    return (*first, *(Row(partner, None) for partner in known.values()))


def _add(changes: Changes, name: str, sites: list[str]) -> Partner:
    wanted = " ".join(name.split()).casefold()
    for partner in partners.list_all(changes.connection):
        if partner.name.casefold() == wanted:
            raise TakenError(field="name")
    return changes.add(name, sites)


def _faults(desk: Desk, name: str, sites: str, error: PartnerError) -> Typed:
    if error.field == "site":
        return Typed(name, sites, sites_fault=desk.t("fault_site", site=bad_site(sites.split())))
    code = "fault_taken" if isinstance(error, TakenError) else "fault_name"
    return Typed(name, sites, name_fault=desk.t(code))
