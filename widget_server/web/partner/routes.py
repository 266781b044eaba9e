"""Every address of a partner."""

from starlette.routing import Route

from . import numbers, page, snippet
from .desk import for_partners
from .session import PATH


def partner_routes() -> list[Route]:
    """Their pages, the same numbers as CSV, and as JSON for programs."""
    return [
        Route(PATH, page.show),
        Route(f"{PATH}/counts.csv", for_partners(numbers.send_csv)),
        Route(f"{PATH}/snippet", for_partners(snippet.show)),
        Route("/api/v1/counts", numbers.send_json),
    ]
