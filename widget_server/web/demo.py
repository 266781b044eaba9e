"""A made-up partner's site that shows the widget: a token in, a page out."""

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from ..snippet import snippet
from .security import page_headers
from .service import service_of


def demo_routes(token: str, widget_origin: str) -> list[Route]:
    """The site at ``/demo/``, which embeds the widget from ``widget_origin`` as anybody would."""

    async def show_site(request: Request) -> HTMLResponse:
        service = service_of(request)
        campaign = service.default_campaign
        text = snippet(widget_origin, token, campaign.slug, campaign.words_in(None).call)
        style = service.pages.render("demo/page.css")
        html = service.pages.render("demo/page.html", snippet=text)
        return HTMLResponse(html, headers=page_headers(styles=[style], loader=widget_origin))

    return [Route("/demo/", show_site)]
