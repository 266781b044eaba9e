"""The end of every session of the console, and of every link to it."""

from starlette.responses import Response

from ...store import audit, generations
from ...store.changes import ORGANISER, Changes
from ...store.generations import ORGANISER_SESSIONS
from ..forms import Fields
from .desk import Desk
from .session import AREA, PATH


async def sign_out(desk: Desk, fields: Fields) -> Response:
    """``POST /organiser/sign-out``: this browser alone."""
    return AREA.end(desk.onward(PATH))


async def sign_out_everywhere(desk: Desk, fields: Fields) -> Response:
    """``POST /organiser/sign-out-everywhere``: whoever is signed in, and every link."""

    def end(changes: Changes) -> None:
        generations.end(changes.connection, ORGANISER_SESSIONS)
        audit.note(changes.connection, changes.at, changes.who, "sessions ended", ORGANISER)

    await desk.settle(end)
    return await sign_out(desk, fields)
