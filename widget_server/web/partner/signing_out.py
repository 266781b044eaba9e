"""The end of a session, or of all of them: a form in; the cookie, or every session, gone."""

from sqlalchemy import Connection
from starlette.responses import Response

from ...store import audit, partners
from ..forms import Fields
from .desk import Desk
from .session import AREA, PATH


async def sign_out(desk: Desk, fields: Fields) -> Response:
    """``POST /partner/sign-out``: this browser alone."""
    return AREA.end(desk.onward(PATH))


async def sign_out_everywhere(desk: Desk, fields: Fields) -> Response:
    """``POST /partner/sign-out-everywhere``: every session and every link that is about."""
    slug, now = desk.partner.slug, desk.service.clock()

    def settle(connection: Connection) -> None:
        partners.end_sessions(connection, slug)
        audit.note(connection, now, slug, "signed out everywhere", slug)

    await desk.settle(settle)
    return await sign_out(desk, fields)
