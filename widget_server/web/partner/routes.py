"""Every address of a partner."""

from starlette.routing import Route

from . import board, files, page, preview, signing_out, sites, snippet, verify, webhooks, wordpress
from .desk import for_partners, from_partners
from .session import PATH

#: What forms are sent to.
_ACTIONS = {
    "sites/add": sites.add,
    "sites/remove": sites.remove,
    "sign-out": signing_out.sign_out,
    "sign-out-everywhere": signing_out.sign_out_everywhere,
    "verify": verify.check,
    "webhooks": webhooks.save,
    "webhooks/test": webhooks.test,
    "webhooks/renew": webhooks.renew,
    "webhooks/remove": webhooks.remove,
}


def partner_routes() -> list[Route]:
    """Their pages and forms, the same numbers as CSV, and as JSON for programs."""
    return [
        Route(PATH, page.show),
        Route(f"{PATH}/live", for_partners(page.show_live)),
        Route(f"{PATH}/snippet", for_partners(snippet.show)),
        Route(f"{PATH}/preview", for_partners(preview.show)),
        Route(f"{PATH}/threesteps.zip", for_partners(wordpress.send)),
        Route(f"{PATH}/board", for_partners(board.show)),
        Route(f"{PATH}/verify", for_partners(verify.show)),
        Route(f"{PATH}/webhooks", for_partners(webhooks.show)),
        Route(f"{PATH}/counts.csv", for_partners(files.send_counts)),
        Route(f"{PATH}/sources.csv", for_partners(files.send_sources)),
        *[
            Route(f"{PATH}/{path}", from_partners(act), methods=["POST"])
            for path, act in _ACTIONS.items()
        ],
        Route("/api/v1/counts", files.send_json),
    ]
