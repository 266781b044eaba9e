"""Whether the organiser is signed in: a link or a session in; nothing, or AuthError, out."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from ...errors import AuthError
from ...tokens import BadTokenError
from ..desk import Area
from ..service import Service

PATH = "/organiser"
AREA = Area(
    path=PATH,
    cookie="threesteps_organiser",
    pages={
        "overview": PATH,
        "partners": f"{PATH}/partners",
        "campaigns": f"{PATH}/campaigns",
        "audit": f"{PATH}/audit",
        "service": f"{PATH}/service",
    },
    sign_in="organiser/sign_in.html",
    styles=("handing_out.css", "organiser.css"),
    scripts=("dashboard.js",),
    words=("strings", "partner/strings", "organiser/strings"),
)


async def sign_in(service: Service, request: Request) -> Response:
    """A session for whoever has the link, and the way on without it. Raises AuthError."""
    try:
        generation = service.tokens.read_organiser_link(request.query_params["link"])
    except BadTokenError:
        raise AuthError from None
    await _must_be_current(service, generation)
    return AREA.begin(service, service.tokens.organiser_session(generation), request)


async def must_be_signed_in(service: Service, request: Request) -> None:
    """Raises AuthError unless this is a session of today."""
    try:
        generation = service.tokens.read_organiser_session(AREA.session_of(request))
    except BadTokenError:
        raise AuthError from None
    await _must_be_current(service, generation)


async def _must_be_current(service: Service, generation: int) -> None:
    """A generation from the future began a moment ago: a command raised it."""
    if generation > service.organiser_generation:
        service.take(await run_in_threadpool(service.read))
    if generation != service.organiser_generation:
        raise AuthError
