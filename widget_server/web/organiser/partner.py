"""One partner: their row, snippets and history; and forms that change what they were given."""

from dataclasses import dataclass
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ...errors import PartnerError
from ...given import Given
from ...model import Partner
from ...report import counts
from ...report.counts import Counts
from ...store import audit, partners, placements
from ...store.audit import Entry
from ...store.placements import Origin
from ...store.sites import bad_site
from ..forms import Fields
from .desk import Desk
from .lines import lines
from .session import PATH
from .snippets import snippets

LINES = 10
#: What a page may be told to have been done, after a form.
DONE = ("sites", "rotated")


@dataclass(frozen=True, slots=True)
class File:
    """What is known of a partner."""

    partner: Partner
    counts: Counts
    origins: tuple[Origin, ...]
    entries: tuple[Entry, ...]


async def show(desk: Desk) -> Response:
    """``GET /organiser/partners/SLUG``."""
    done = desk.request.query_params.get("done", "")
    notice = desk.t(f"done_{done}") if done in DONE else ""
    return await partner_page(desk, slug_of(desk), notice=notice)


async def set_sites(desk: Desk, fields: Fields) -> Response:
    """``POST .../sites``: where the widget may stand, all of it."""
    slug, typed = slug_of(desk), fields.get("sites", "")
    try:
        await desk.settle(lambda changes: changes.set_sites(slug, typed.split()))
    except PartnerError:
        fault = desk.t("fault_site", site=bad_site(typed.split()))
        return await partner_page(desk, slug, 422, typed=typed, fault=fault)
    return desk.onward(path_of(slug), done="sites")


async def rotate(desk: Desk, fields: Fields) -> Response:
    """``POST .../rotate``: a new snippet beside the old ones."""
    slug = slug_of(desk)
    await desk.settle(lambda changes: changes.rotate(slug))
    return desk.onward(path_of(slug), done="rotated")


async def hand_out_link(desk: Desk, fields: Fields) -> Response:
    """``POST .../link``: a link that signs in as the partner, shown once."""
    slug = slug_of(desk)
    partner = await desk.settle(lambda changes: changes.hand_out_link(slug))
    link = Given(desk.service, partner).sign_in_link
    return await partner_page(desk, slug, notice=desk.t("done_link"), link=link)


async def partner_page(
    desk: Desk,
    slug: str,
    status: int = 200,
    *,
    notice: str = "",
    link: str = "",
    key: str = "",
    typed: str | None = None,
    fault: str = "",
) -> Response:
    """The page; ``link`` and ``key`` are shown this once. Raises NotFoundError."""
    file = await run_in_threadpool(_read, desk, slug)
    partner, service = file.partner, desk.service
    return desk.html(
        "organiser/partner.html",
        status,
        here=path_of(slug),
        file=file,
        lines=lines(desk, file.entries),
        partner=partner,
        snippets=snippets(service, partner, desk.language, service.clock()),
        notice=notice,
        sign_in=link,
        key=key,
        mail=_mail(desk, partner, link) if link else "",
        typed="\n".join(partner.sites) if typed is None else typed,
        fault=fault,
    )


def slug_of(desk: Desk) -> str:
    """Whom the address is about."""
    return str(desk.request.path_params["slug"])


def path_of(slug: str) -> str:
    """The address of a partner's page."""
    return f"{PATH}/partners/{slug}"


def _read(desk: Desk, slug: str) -> File:
    with desk.service.store.read() as connection:
        partner = partners.get(connection, slug)
        return File(
            partner,
            counts.read(connection, partner=slug),
            placements.seen(connection, slug),
            audit.latest(connection, LINES, slug),
        )


def _mail(desk: Desk, partner: Partner, link: str) -> str:
    """An email to the partner, ready to be addressed."""
    body = desk.t("mail_text", partner=partner.name, link=link).unescape()
    subject = desk.t("mail_subject").unescape()
    return f"mailto:?subject={quote(subject)}&body={quote(body)}"
