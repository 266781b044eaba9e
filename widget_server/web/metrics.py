"""Numbers for Prometheus: a service in; its state and its answers out, never who asked what for."""

from bisect import bisect_left
from collections.abc import Callable, Iterator
from typing import NamedTuple

from prometheus_client import CollectorRegistry, Metric, ProcessCollector, generate_latest
from prometheus_client.core import GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.registry import Collector
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from .. import __version__
from ..errors import UnavailableError
from ..store import exports, tallies
from .responses import Responses, cumulated
from .service import Service

#: Upper ends, in jobs; a batch has at most 256.
BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256)


class Level(NamedTuple):
    """A number that goes up and down, and where it is read."""

    name: str
    help: str
    of: Callable[[Service], float]


LEVELS = (
    Level(
        "threesteps_geocoder_out",
        "1 while the geocoder is not asked after repeated failures.",
        lambda service: service.geocoder.is_out,
    ),
    Level(
        "threesteps_writer_queue_jobs",
        "Writes that wait for their commit.",
        lambda service: service.store.waiting,
    ),
    Level(
        "threesteps_roster_days_left",
        "Days until the first fact about who holds a seat ends.",
        lambda service: service.roster.days_left(service.clock()),
    ),
    Level(
        "threesteps_stale",
        "1 while changed partners, keys, campaigns and facts are not seen.",
        lambda service: service.stale_since is not None,
    ),
    Level(
        "threesteps_recount_drift",
        "Tallies that differed from a recount of their rows when they were last compared.",
        lambda service: service.nightly.drift,
    ),
    Level(
        "threesteps_recount_timestamp_seconds",
        "When the tallies were last compared; 0 before the first time.",
        lambda service: service.nightly.checked_seconds,
    ),
    Level(
        "threesteps_retention_timestamp_seconds",
        "When envelopes that had their time were last deleted; 0 when that is not known.",
        lambda service: service.retention.last_seconds,
    ),
)


class State(Collector):
    """The service as it is at the moment of asking; what its database holds, if that answers."""

    def __init__(self, service: Service) -> None:
        self._service = service

    def collect(self) -> Iterator[Metric]:
        """Every level, the batches, and what waits for somebody."""
        build = GaugeMetricFamily(
            "threesteps_build_info", "1, and the version.", labels=["version"]
        )
        build.add_metric([__version__], 1)
        yield build
        for level in LEVELS:
            yield GaugeMetricFamily(level.name, level.help, level.of(self._service))
        yield self._batches()
        yield from self._waiting()

    def _batches(self) -> Metric:
        """How many jobs shared a commit."""
        buckets = [0] * (len(BATCHES) + 1)
        sizes = list(self._service.store.batches.items())
        for size, commits in sizes:
            buckets[bisect_left(BATCHES, size)] += commits
        family = HistogramMetricFamily(
            "threesteps_commit_batch_jobs", "Writes that shared a commit.", labels=()
        )
        jobs = sum(size * commits for size, commits in sizes)
        family.add_metric((), cumulated(BATCHES, buckets), jobs)
        return family

    def _waiting(self) -> Iterator[Metric]:
        """What somebody has to look at; nothing of it while the database does not answer."""
        up = GaugeMetricFamily("threesteps_database_up", "1 while the database can be read.")
        held = GaugeMetricFamily(
            "threesteps_submissions_held",
            "Submissions that wait until somebody looks.",
            labels=["campaign"],
        )
        outstanding = GaugeMetricFamily(
            "threesteps_exports_outstanding",
            "Exports of everything that nobody has acknowledged, nor a later one.",
            labels=["campaign"],
        )
        families = (held, outstanding)
        try:
            numbers = self._numbers()
        except UnavailableError:
            up.add_metric((), 0)
        else:
            up.add_metric((), 1)
            for slug, row in numbers.items():
                for family, number in zip(families, row, strict=True):
                    family.add_metric([slug], number)
        yield from (up, *families)

    def _numbers(self) -> dict[str, tuple[int, int]]:
        """Held submissions and outstanding exports of each campaign."""
        with self._service.store.read() as connection:
            held = tallies.held(connection)
            made = [export.campaign for export in exports.outstanding(connection)]
        slugs = {campaign.slug for campaign in self._service.campaigns.all()}
        return {
            slug: (held.get(slug, 0), made.count(slug)) for slug in sorted({*slugs, *held, *made})
        }


def registry(service: Service, responses: Responses) -> CollectorRegistry:
    """All the numbers of one application, and of its process."""
    numbers = CollectorRegistry()
    for collector in (responses, State(service)):
        numbers.register(collector)
    ProcessCollector(registry=numbers)
    return numbers


async def metrics(request: Request) -> Response:
    """``GET /metrics``; the database is asked, so not where requests are served."""
    numbers = request.app.state.metrics
    assert isinstance(numbers, CollectorRegistry)
    return Response(
        await run_in_threadpool(generate_latest, numbers),
        media_type="text/plain; version=0.0.4; charset=utf-8",
    )
