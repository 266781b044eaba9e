"""Our routes beside bare ones of Starlette, on the same server, in the same run.

Two processes that are never asked at once: a service with its data on the disk, and an
application that does nothing (``bare.py``). A ratio is the median of rounds in which both were
asked in turn.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from statistics import median

from .bare import bare
from .demo import MOST_SUBMISSIONS, demo
from .measure import Measure
from .widget import BROTLI, FRAGMENT, Widget
from .wrk import Load, run

ROUNDS = 9
SECONDS = 1
CONNECTIONS = 64

Rates = dict[str, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """A route of ours, the bare one it is compared to, and the share of its rate it must reach."""

    name: str
    bare: str
    ours: Callable[[Widget], Load]
    least: float
    status: int = 200

    @property
    def bare_status(self) -> int:
        """What the bare route answers with."""
        return 304 if self.bare == "unchanged" else 200


def _submissions(widget: Widget) -> Load:
    return widget.submit(SECONDS * MOST_SUBMISSIONS)


PAIRS = (
    Pair("GET /embed.js", "hello", Widget.loader, 0.90),
    Pair("GET /api/v1/legislators", "hello", Widget.legislators, 0.80),
    Pair("GET /w/TOKEN", "whole", lambda widget: widget.document, 0.90),
    Pair("GET /w/TOKEN, 304", "unchanged", Widget.unchanged, 0.90, status=304),
    Pair("POST find", "post", Widget.find, 0.60),
    Pair("POST act", "post", Widget.act, 0.60, status=204),
    Pair("POST submit, on the disk", "post", _submissions, 0.20, status=201),
)


def measure() -> list[Measure]:
    """What the bare routes answer in a second, and the share of it that ours do."""
    with demo() as served:
        widget = Widget.of(served)
        with bare(widget.document.url, BROTLI) as origin:
            rounds = [_round(origin, widget) for _ in range(ROUNDS)]
    return [*_rates(rounds), *_ratios(rounds)]


def _round(origin: str, widget: Widget) -> Rates:
    """Requests per second of every bare route, each followed by ours that are compared to it."""
    rates: Rates = {}
    for pair in PAIRS:
        if pair.bare not in rates:
            rates[pair.bare] = _rate(_bare_load(origin, pair.bare), pair.bare_status)
        rates[pair.name] = _rate(pair.ours(widget), pair.status)
    return rates


def _rate(load: Load, status: int) -> float:
    return run(replace(load, connections=CONNECTIONS), SECONDS).only(status).rate


def _bare_load(origin: str, name: str) -> Load:
    """Asks the bare route as ours is asked."""
    if name == "post":
        return Load(f"{origin}/post", method="POST", headers=FRAGMENT, bodies=["zip=94110"])
    return Load(f"{origin}/{name}", headers=BROTLI)


def _rates(rounds: list[Rates]) -> list[Measure]:
    names = dict.fromkeys(pair.bare for pair in PAIRS)
    return [
        Measure(f"bare {name}", median(rates[name] for rates in rounds), None, "per second")
        for name in names
    ]


def _ratios(rounds: list[Rates]) -> list[Measure]:
    return [
        Measure(
            f"{pair.name} : bare {pair.bare}",
            median(rates[pair.name] / rates[pair.bare] for rates in rounds),
            pair.least,
            "ratio",
            at_least=True,
        )
        for pair in PAIRS
    ]
