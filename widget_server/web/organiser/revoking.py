"""Taking back what a partner was given: first in words, then, after a button, for good."""

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from ...given import Given
from ...model import Partner
from ...store import partners
from ...store.changes import Changes
from ..forms import Fields
from .desk import Desk
from .partner import partner_page, path_of, slug_of

#: What there is to take back: fields of the form.
CHOICES = ("old", "all", "sessions", "key")


async def ask(desk: Desk) -> Response:
    """``GET .../revoke``: what each choice does, in words. Raises NotFoundError."""
    return await _page(desk, 200, missing=False)


async def revoke(desk: Desk, fields: Fields) -> Response:
    """``POST .../revoke``: end what was ticked; a new API key is shown this once."""
    slug, chosen = slug_of(desk), [choice for choice in CHOICES if fields.get(choice) == "yes"]
    if not chosen:
        return await _page(desk, 422, missing=True)
    partner = await desk.settle(lambda changes: _revoke(changes, slug, chosen))
    key = Given(desk.service, partner).api_key if "key" in chosen else ""
    return await partner_page(desk, slug, notice=desk.t("done_revoked"), key=key)


async def _page(desk: Desk, status: int, *, missing: bool) -> Response:
    partner = await run_in_threadpool(_read, desk)
    return desk.html(
        "organiser/revoke.html",
        status,
        here=f"{path_of(partner.slug)}/revoke",
        partner=partner,
        path=path_of(partner.slug),
        choices=_possible(partner),
        missing=missing,
    )


def _read(desk: Desk) -> Partner:
    with desk.service.store.read() as connection:
        return partners.get(connection, slug_of(desk))


def _possible(partner: Partner) -> tuple[str, ...]:
    """The choices that would change anything."""
    over = {
        "old": partner.generation <= partner.lowest_generation,
        "all": partner.is_revoked,
    }
    return tuple(choice for choice in CHOICES if not over.get(choice))


def _revoke(changes: Changes, slug: str, chosen: list[str]) -> Partner:
    partner = partners.get(changes.connection, slug)
    possible = [choice for choice in _possible(partner) if choice in chosen]
    if "old" in possible or "all" in possible:
        partner = changes.revoke(slug, everything="all" in possible)
    if "sessions" in possible:
        partner = changes.end_sessions(slug)
    if "key" in possible:
        partner = changes.renew_api_key(slug)
    return partner
