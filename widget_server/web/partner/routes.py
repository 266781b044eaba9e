"""Every address of a partner."""

from starlette.routing import Route

from . import files, page, signing_out, sites, snippet
from .desk import for_partners, from_partners
from .session import PATH

#: What forms are sent to.
_ACTIONS = {
    "sites/add": sites.add,
    "sites/remove": sites.remove,
    "sign-out": signing_out.sign_out,
    "sign-out-everywhere": signing_out.sign_out_everywhere,
}


def partner_routes() -> list[Route]:
    """Their pages and forms, the same numbers as CSV, and as JSON for programs."""
    return [
        Route(PATH, page.show),
        Route(f"{PATH}/live", for_partners(page.show_live)),
        Route(f"{PATH}/snippet", for_partners(snippet.show)),
        Route(f"{PATH}/counts.csv", for_partners(files.send_counts)),
        Route(f"{PATH}/sources.csv", for_partners(files.send_sources)),
        *[
            Route(f"{PATH}/{path}", from_partners(act), methods=["POST"])
            for path, act in _ACTIONS.items()
        ],
        Route("/api/v1/counts", files.send_json),
    ]
