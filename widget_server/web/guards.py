"""What every posted step is checked for, each check with a name."""

from starlette.requests import Request

from ..errors import CrossSiteError, VisitError
from ..model import Visit
from ..tokens import BadTokenError, StaleTokenError
from .headers import header
from .service import Service, Showing


def refuse_cross_site(request: Request) -> None:
    """Refuse a form that the browser says another site sent. Raises CrossSiteError.

    A form without scripts in a frame may send ``Origin: null``; that alone is no offence.
    """
    if _origin_is_foreign(request) and header(request, b"sec-fetch-site") == "cross-site":
        raise CrossSiteError


def may_be_another_sites(request: Request) -> bool:
    """Whether a browser sent this and does not say that it comes from a page of ours.

    So it is with a frame that may not say what it is, and with any page that wants it so.
    """
    if header(request, b"sec-fetch-site", "cross-site") != "cross-site":
        return False
    return header(request, b"origin") == "null" or _origin_is_foreign(request)


def _origin_is_foreign(request: Request) -> bool:
    origin = header(request, b"origin", "null")
    return origin != "null" and origin.partition("://")[2] != header(request, b"host")


def read_visit(service: Service, showing: Showing, token: str) -> Visit:
    """The visit that a form belongs to.

    Raises VisitError: ``stale_visit`` (its ``visit`` is set: ours, but over 24 hours old),
    ``bad_visit`` for a token that is missing, damaged, or of another partner or campaign. A
    broken or revoked token in the address is nobody's, so any visit may come with it.
    """
    try:
        visit = service.tokens.read_visit(token)
    except StaleTokenError as stale:
        raise VisitError(code="stale_visit", visit=stale.payload) from None
    except BadTokenError:
        raise VisitError from None
    expected = (showing.attributed, showing.campaign.slug)
    if showing.known and (visit.partner, visit.campaign) != expected:
        raise VisitError
    return visit


async def attributed(service: Service, visit: Visit) -> str | None:
    """The partner whom a visit counts for now: none once its generation is revoked."""
    partner = await service.partner(visit.partner)
    return partner.slug if partner and partner.accepts(visit.generation) else None
