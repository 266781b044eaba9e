"""A partner changes their own sites: a form in, the row and a line of the audit changed."""

from collections.abc import Callable

from sqlalchemy import Connection
from starlette.responses import Response

from ...errors import PartnerError
from ...store import audit, partners
from ...store.sites import parse_sites
from ..forms import Fields
from .desk import Desk
from .page import numbers_page
from .session import PATH

#: All of them go into a header of every document.
MOST_SITES = 100


class FullError(PartnerError):
    """There are as many sites as a header can hold."""


async def add(desk: Desk, fields: Fields) -> Response:
    """``POST /partner/sites/add``: a site that was typed, or one that was refused before."""
    typed = fields.get("site", "").strip()

    def change(sites: tuple[str, ...]) -> tuple[str, ...]:
        wanted = tuple(dict.fromkeys((*sites, *parse_sites([typed]))))
        if len(wanted) > MOST_SITES:
            raise FullError(field="site")
        return wanted

    try:
        await _change(desk, "site added", typed, change)
    except FullError:
        return await numbers_page(desk, 422, typed=typed, fault=desk.t("site_many"))
    except PartnerError:
        return await numbers_page(desk, 422, typed=typed, fault=desk.t("site_bad"))
    return desk.onward(PATH, section="sites")


async def remove(desk: Desk, fields: Fields) -> Response:
    """``POST /partner/sites/remove``: the widget no longer appears there; one site must stay."""
    site = fields.get("site", "")

    def change(sites: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(each for each in sites if each != site)

    try:
        await _change(desk, "site removed", site, change)
    except PartnerError:
        return await numbers_page(desk, 422, fault=desk.t("site_last"))
    return desk.onward(PATH, section="sites")


async def _change(
    desk: Desk, what: str, site: str, change: Callable[[tuple[str, ...]], tuple[str, ...]]
) -> None:
    """Change the sites as they are at that moment, say who did it, and let it take effect."""
    slug, now = desk.partner.slug, desk.service.clock()

    def settle(connection: Connection) -> None:
        before = partners.get(connection, slug).sites
        wanted = change(before)
        if wanted != before:
            partners.set_sites(connection, slug, wanted)
            audit.note(connection, now, slug, what, slug, site=site)

    await desk.settle(settle)
