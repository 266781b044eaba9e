"""Who is signed in: a link, a session or an API key in; a partner, or AuthError, out."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from ...errors import AuthError
from ...model import Partner
from ...tokens import SESSION_MAX_AGE_SECONDS, BadTokenError, Grant
from ..service import Service

COOKIE = "threesteps_partner"
PATH = "/partner"


async def sign_in(service: Service, link: str, onward: str = PATH) -> Response:
    """A session for whom the link was made, and the way on without it. Raises AuthError."""
    partner = await _granted(service, service.tokens.read_link, link, _session_generation)
    session = service.tokens.session(Grant(partner.slug, partner.session_generation))
    response = RedirectResponse(onward, 303, {"Cache-Control": "no-store"})
    response.set_cookie(
        COOKIE,
        session,
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


async def signed_in(service: Service, request: Request) -> Partner:
    """The partner whose session this is. Raises AuthError."""
    read = service.tokens.read_session
    return await _granted(service, read, session_of(request), _session_generation)


async def key_holder(service: Service, request: Request) -> Partner:
    """The partner whose API key came along. Raises AuthError."""
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    try:
        if scheme.lower() != "bearer":
            raise AuthError
        return await _granted(service, service.tokens.read_api_key, key.strip(), _api_generation)
    except AuthError:
        raise AuthError(
            "Send your API key as 'Authorization: Bearer API_KEY'. "
            "If you do, it is no longer valid: ask the organiser for a new one.",
            code="bad_api_key",
        ) from None


async def _granted(
    service: Service,
    read: Callable[[str], Grant],
    token: str,
    generation: Callable[[Partner], int],
) -> Partner:
    """The partner that a token was made for; raises AuthError unless it is valid today."""
    try:
        grant = read(token)
    except BadTokenError:
        raise AuthError from None
    partner = await service.partner(grant.partner)
    if partner is None or grant.generation != generation(partner):
        raise AuthError
    return partner


def _session_generation(partner: Partner) -> int:
    return partner.session_generation


def _api_generation(partner: Partner) -> int:
    return partner.api_generation
