"""The widget as visitors will see it, in a frame on the snippet page: nothing in it counts."""

from dataclasses import replace

from starlette.responses import HTMLResponse, Response

from ...errors import NotFoundError
from ..accent import parse_colour
from ..look import Look
from ..widget import NO_STORE, widget_page
from .desk import Desk
from .snippet import Choice

#: It may stand in a page of ours, and can send nothing: no view, no step.
_INERT = {"connect-src": "'none'", "form-action": "'none'", "frame-ancestors": "'self'"}


async def show(desk: Desk) -> Response:
    """``GET /partner/preview``."""
    choice = Choice.of(desk)
    if choice is None:
        raise NotFoundError
    options = choice.options
    accent = parse_colour(options.accent)
    look = Look(
        language=choice.language,
        theme="dark" if options.theme == "dark" else "light",
        accent=accent or parse_colour(choice.campaign.accent),
        asked_accent=accent,
    )
    house = desk.service.house(choice.campaign)
    html, headers = widget_page(desk.service, replace(house, partner=desk.partner), look)
    policy = headers["Content-Security-Policy"]
    return HTMLResponse(
        html, headers={**headers, **NO_STORE, "Content-Security-Policy": inert(policy)}
    )


def inert(policy: str) -> str:
    """The same policy, but nothing is sent, and only we may frame the page."""
    directives = dict(each.split(" ", 1) for each in policy.split("; "))
    return "; ".join(f"{name} {value}" for name, value in {**directives, **_INERT}.items())
