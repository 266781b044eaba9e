"""What programs look for at an agreed address: for crawlers, and for who finds a weakness."""

from datetime import datetime, timedelta

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from .service import Service, service_of

KEPT = {"Cache-Control": "public, max-age=86400"}
SECURITY = "/.well-known/security.txt"
#: RFC 9116 wants less than a year.
GOOD_FOR = timedelta(days=180)

#: A campaign's own page is for everybody. A widget is a part of somebody's page, and the loader
#: must be read by who wants to see that page as people do.
ROBOTS = """\
User-agent: *
Allow: /c/
Allow: /embed
Allow: /w/
Disallow: /
"""


async def robots(request: Request) -> Response:
    """``GET /robots.txt``."""
    return PlainTextResponse(ROBOTS, headers=KEPT)


async def security(request: Request) -> Response:
    """``GET /.well-known/security.txt``, as RFC 9116 has it."""
    service = service_of(request)
    expires = (service.clock() + GOOD_FOR).replace(hour=0, minute=0, second=0, microsecond=0)
    return PlainTextResponse(_security(service, expires), headers=KEPT)


def _security(service: Service, expires: datetime) -> str:
    """Where to write to: what the settings say, else the organiser of the default campaign."""
    settings = service.settings
    contact = settings.security_contact or service.default_campaign.organiser.contact_url
    lines = {
        "Contact": contact,
        "Expires": f"{expires:%Y-%m-%dT%H:%M:%SZ}",
        "Canonical": f"{settings.public_url}{SECURITY}",
    }
    return "".join(f"{name}: {value}\n" for name, value in lines.items())
