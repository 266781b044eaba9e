"""Whether the organiser is signed in: a link or a session in; nothing, or AuthError, out."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...errors import AuthError
from ...tokens import SESSION_MAX_AGE_SECONDS, BadTokenError
from ..service import Service

COOKIE = "threesteps_organiser"
PATH = "/organiser"


async def sign_in(service: Service, link: str, onward: str = PATH) -> Response:
    """A session for whoever has the link, and the way on without it. Raises AuthError."""
    try:
        generation = service.tokens.read_organiser_link(link)
    except BadTokenError:
        raise AuthError from None
    await _must_be_current(service, generation)
    response = RedirectResponse(onward, 303, {"Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE,
        service.tokens.organiser_session(generation),
        max_age=SESSION_MAX_AGE_SECONDS,
        path=PATH,
        secure=service.settings.public_url.startswith("https:"),
        httponly=True,
        samesite="lax",
    )
    return response


def session_of(request: Request) -> str:
    """The session's token, ``""`` without one."""
    return request.cookies.get(COOKIE, "")


async def must_be_signed_in(service: Service, request: Request) -> None:
    """Raises AuthError unless this is a session of today."""
    try:
        generation = service.tokens.read_organiser_session(session_of(request))
    except BadTokenError:
        raise AuthError from None
    await _must_be_current(service, generation)


async def _must_be_current(service: Service, generation: int) -> None:
    """A generation from the future began a moment ago: a command raised it."""
    if generation > service.organiser_generation:
        service.take(await run_in_threadpool(service.read))
    if generation != service.organiser_generation:
        raise AuthError
