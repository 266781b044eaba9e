"""How the service is, part by part; the page that is there while the database is not."""

from starlette.responses import Response

from . import parts
from .desk import Desk


async def show(desk: Desk) -> Response:
    """``GET /organiser/service``."""
    found = await parts.examine(desk.service)
    return desk.html("organiser/service.html", parts=found, outage=False)
