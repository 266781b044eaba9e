"""Every address the service answers."""

from starlette.routing import Route

from . import (
    api,
    health,
    loader,
    metrics,
    oembed,
    openapi,
    organiser,
    partner,
    proving,
    sealing,
    steps,
    wellknown,
    widget,
)

ROUTES = [
    Route("/embed.js", loader.embed),
    Route("/embed-{hash}.js", loader.embed),
    Route("/seal-{hash}.js", sealing.sealer),
    Route("/proof-{hash}.js", proving.solver),
    Route("/w/{token}", widget.document),
    Route("/w/{token}/", widget.document),
    Route("/w/{token}/find", steps.find, methods=["POST"]),
    Route("/w/{token}/act", steps.act, methods=["POST"]),
    Route("/w/{token}/submit", steps.submit, methods=["POST"]),
    Route("/w/{token}/shown", steps.shown, methods=["POST"]),
    *[Route(f"/w/{{token}}/{step}", widget.back_to_start) for step in ("find", "act", "submit")],
    Route("/c/{campaign}", widget.campaign_page),
    Route("/c/{campaign}/privacy", widget.privacy),
    Route("/oembed", oembed.oembed),
    Route("/api/v1/legislators", api.legislators),
    Route("/api/v1/openapi.json", openapi.describe),
    *partner.partner_routes(),
    *organiser.organiser_routes(),
    Route("/healthz", health.healthz),
    Route("/readyz", health.readyz),
    Route("/metrics", metrics.metrics),
    Route("/robots.txt", wellknown.robots),
    Route(wellknown.SECURITY, wellknown.security),
]
