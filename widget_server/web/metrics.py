"""Numbers for Prometheus: how many answers, of which kind. Never who asked or what for."""

from collections import Counter
from collections.abc import Iterator

from prometheus_client import CollectorRegistry, Gauge, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send


class Metrics:
    """One application's numbers, each in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.responses = Responses()
        self.registry.register(self.responses)
        self.geocoder_out = Gauge(
            "threesteps_geocoder_out",
            "1 while the geocoder is not asked after repeated failures.",
            registry=self.registry,
        )
        self.recount_drift = Gauge(
            "threesteps_recount_drift",
            "Tallies that differed from a recount of their rows when they were last compared.",
            registry=self.registry,
        )
        self.recounted_at = Gauge(
            "threesteps_recount_timestamp_seconds",
            "When the tallies were last compared; 0 before the first time.",
            registry=self.registry,
        )
        self.swept_at = Gauge(
            "threesteps_retention_timestamp_seconds",
            "When envelopes that had their time were last deleted; 0 when that is not known.",
            registry=self.registry,
        )


class Responses(Collector):
    """How many responses were sent, by handler and HTTP status.

    Counted in a plain dictionary: the library's own counters take a lock and a look-up each.
    """

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, int]] = Counter()

    def collect(self) -> Iterator[Metric]:
        """The numbers as they are now."""
        family = CounterMetricFamily(
            "threesteps_http_responses",
            "Responses sent, by handler and HTTP status.",
            labels=("handler", "status"),
        )
        for (handler, status), count in self.counts.items():
            family.add_metric((handler, str(status)), count)
        yield family


class CountResponses:
    """ASGI middleware that counts every response once it starts."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._counts = metrics.responses.counts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, and watch for the start of its response."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                handler = getattr(scope.get("endpoint"), "__name__", "none")
                self._counts[handler, message["status"]] += 1
            await send(message)

        return await self._app(scope, receive, send_counted)


async def metrics(request: Request) -> Response:
    """``GET /metrics``."""
    numbers = request.app.state.metrics
    assert isinstance(numbers, Metrics)
    return Response(
        generate_latest(numbers.registry), media_type="text/plain; version=0.0.4; charset=utf-8"
    )
