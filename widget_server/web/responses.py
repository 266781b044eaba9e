"""Every response in; for Prometheus how many there were, of which kind, and how soon they began.

A sum in a list and two in dictionaries for each: the library's own counters take a lock and a
look-up for each number.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate
from time import perf_counter

from prometheus_client import Metric
from prometheus_client.core import CounterMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

#: Upper ends, in seconds. A commit takes milliseconds, a geocoder seconds.
BOUNDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)


class Timings:
    """How soon the responses of one handler began: so many in each bucket, and the sum."""

    __slots__ = ("buckets", "seconds")

    def __init__(self) -> None:
        self.buckets = [0] * (len(BOUNDS) + 1)
        self.seconds = 0.0


class Responses(Collector):
    """How many responses were sent, by handler and HTTP status, and how soon they began."""

    def __init__(self) -> None:
        self._counts: Counter[tuple[str, int]] = Counter()
        self._timings: dict[str, Timings] = {}

    def note(self, handler: str, status: int, seconds: float) -> None:
        """Count one that begins now."""
        self._counts[handler, status] += 1
        timings = self._timings.get(handler)
        if timings is None:
            timings = self._timings[handler] = Timings()
        timings.buckets[bisect_left(BOUNDS, seconds)] += 1
        timings.seconds += seconds

    def collect(self) -> Iterator[Metric]:
        """The numbers as they are now, also while more are counted."""
        counts = CounterMetricFamily(
            "threesteps_http_responses",
            "Responses sent, by handler and HTTP status; 429 are refused by limits.",
            labels=("handler", "status"),
        )
        for (handler, status), count in list(self._counts.items()):
            counts.add_metric((handler, str(status)), count)
        durations = HistogramMetricFamily(
            "threesteps_http_response_duration_seconds",
            "From the whole request to the beginning of its response, by handler.",
            labels=("handler",),
        )
        for handler, timings in list(self._timings.items()):
            buckets = cumulated(BOUNDS, timings.buckets)
            durations.add_metric((handler,), buckets, timings.seconds)
        yield counts
        yield durations


def cumulated(bounds: Sequence[float], buckets: Sequence[int]) -> list[tuple[str, float]]:
    """Each upper end with how many were below; ``buckets`` has one more, for the rest."""
    ends = (*map(str, bounds), "+Inf")
    return list(zip(ends, map(float, accumulate(buckets)), strict=True))


class CountResponses:
    """ASGI middleware that counts every response once it starts."""

    def __init__(self, app: ASGIApp, responses: Responses) -> None:
        self._app = app
        self._responses = responses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on, and watch for the start of its response."""
        if scope["type"] != "http":
            return await self._app(scope, receive, send)
        began = perf_counter()

        async def send_counted(message: Message) -> None:
            if message["type"] == "http.response.start":
                handler = getattr(scope.get("endpoint"), "__name__", "none")
                self._responses.note(handler, message["status"], perf_counter() - began)
            await send(message)

        return await self._app(scope, receive, send_counted)
