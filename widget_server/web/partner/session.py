"""Who is signed in: a link, a session or an API key in; a partner, or AuthError, out."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import Response

from ...errors import AuthError
from ...model import Partner
from ...tokens import BadTokenError, Grant
from ..desk import Area
from ..service import Service

PATH = "/partner"
AREA = Area(
    path=PATH,
    cookie="threesteps_partner",
    pages={
        "numbers": PATH,
        "snippet": f"{PATH}/snippet",
        "verify": f"{PATH}/verify",
        "webhooks": f"{PATH}/webhooks",
        "board": f"{PATH}/board",
    },
    sign_in="partner/sign_in.html",
    styles=("handing_out.css",),
    scripts=("dashboard.js", "handing_out.js"),
    words=("partner/strings",),
)


async def sign_in(service: Service, request: Request) -> Response:
    """A session for whom the link was made, and the way on without it. Raises AuthError."""
    link, read = request.query_params["link"], service.tokens.read_link
    partner = await _granted(service, read, link, _session_generation)
    session = service.tokens.session(Grant(partner.slug, partner.session_generation))
    return AREA.begin(service, session, request)


async def signed_in(service: Service, request: Request) -> Partner:
    """The partner whose session this is. Raises AuthError."""
    read = service.tokens.read_session
    return await _granted(service, read, AREA.session_of(request), _session_generation)


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
