"""Every address of the console."""

from starlette.routing import Route

from . import audit, campaigns, overview, partner, partners, revoking, service, signing_out
from .desk import for_organisers, from_organisers
from .session import PATH

_PARTNER = "partners/{slug}"
_PAGES = {
    "live": overview.show_live,
    "partners": partners.show,
    _PARTNER: partner.show,
    f"{_PARTNER}/revoke": revoking.ask,
    "campaigns": campaigns.show,
    "audit": audit.show,
    "service": service.show,
}
#: What forms are sent to.
_ACTIONS = {
    "partners/add": partners.add,
    f"{_PARTNER}/sites": partner.set_sites,
    f"{_PARTNER}/rotate": partner.rotate,
    f"{_PARTNER}/link": partner.hand_out_link,
    f"{_PARTNER}/revoke": revoking.revoke,
    "sign-out": signing_out.sign_out,
    "sign-out-everywhere": signing_out.sign_out_everywhere,
}


def organiser_routes() -> list[Route]:
    """Their pages, and what the forms on them are sent to."""
    return [
        Route(PATH, overview.show),
        *[
            Route(f"{PATH}/{path}", from_organisers(act), methods=["POST"])
            for path, act in _ACTIONS.items()
        ],
        *[Route(f"{PATH}/{path}", for_organisers(show)) for path, show in _PAGES.items()],
    ]
