"""The widget on a partner's page, on a slow phone: how soon, how smooth, and how much."""

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.embed.hosts import hosting
from tests.serving import free_port, serving

from .measure import Measure
from .phone import (
    CPU_SLOWDOWN,
    LATENCY_SECONDS,
    WATCH,
    Request,
    View,
    blocked_alone,
    chromium,
    view,
)

RUNS = 5
USABLE_SECONDS = 1.5
FIND_TO_SHOWN_SECONDS = 0.6
DOWNLOADS = 2
#: The bytes of one initial TCP window: ten segments of 1,460.
ONE_FLIGHT = 14_600

HEAD = f'<link rel="icon" href="data:,">{WATCH}'
ARTICLE = "<h1>News</h1><p>An article.</p>"


@dataclass(frozen=True)
class Pages:
    """A partner's page with the widget and without it, and the origin of the widget."""

    with_widget: str
    without: str
    origin: str


def measure() -> list[Measure]:
    """Medians of five page views on a slow phone, alternated with five of the page alone."""
    print("A slow phone: eleven page views in Chromium, about a minute ...", file=sys.stderr)
    views, alone = [], []
    with _partners_pages() as pages, chromium() as browser:
        fast = view(browser, pages.with_widget, slow=False)
        for _ in range(RUNS):
            alone.append(blocked_alone(browser, pages.without))
            views.append(view(browser, pages.with_widget, slow=True))
    _check_throttling(views, fast)
    return [*_speed(views, median(alone)), *_weight(views, pages.origin)]


def _speed(views: Sequence[View], blocked_alone: float) -> list[Measure]:
    usable = median(view.usable for view in views)
    blocked = max(0, median(view.blocked for view in views) - blocked_alone)
    shown = median(view.find_to_shown for view in views) - LATENCY_SECONDS
    return [
        Measure("slow phone: usable", usable, USABLE_SECONDS, peers="DearMEP 9.3 s"),
        Measure("slow phone: blocked by the widget", blocked, 0, peers="Proca 4.0 s"),
        Measure("slow phone: find to shown, less the round trip", shown, FIND_TO_SHOWN_SECONDS),
    ]


def _weight(views: Sequence[View], origin: str) -> list[Measure]:
    downloads = [_downloads(view, origin) for view in views]
    number = max(map(len, downloads))
    size = max(sum(request.size for request in each) for each in downloads)
    kept = max(view.kept for view in views)
    return [
        Measure("first view: downloads", number, DOWNLOADS, "things", "DearMEP 11, Proca 4–5"),
        Measure(
            "first view: bytes, headers too",
            size,
            ONE_FLIGHT,
            "bytes",
            "DearMEP 243,049, Proca 197,942",
        ),
        Measure("first view: cookies and stored keys", kept, 0, "things"),
    ]


@contextmanager
def _partners_pages() -> Iterator[Pages]:
    """The widget is what ``partner add`` printed."""
    with (
        TemporaryDirectory() as folder,
        hosting() as site,
        serving("serve", port=free_port(), home=Path(folder)) as served,
    ):
        printed = served.command("partner", "add", "News", "--site", site.origin, "--json")
        with_widget, without = (
            site.put(ARTICLE + text, head=HEAD) for text in (json.loads(printed)["snippet"], "")
        )
        yield Pages(with_widget, without, served.origin)


def _downloads(view: View, origin: str) -> list[Request]:
    """What came with the widget. Everything but the page itself must be asked of us.

    That the widget came into view is a POST, and downloads nothing.
    """
    asked = view.requests[1:]
    elsewhere = [request.url for request in asked if not request.url.startswith(f"{origin}/")]
    assert not elsewhere, f"The first view asks others: {elsewhere}"
    return [request for request in asked if request.method == "GET"]


def _check_throttling(slow: Sequence[View], fast: View) -> None:
    """Figures of a phone that was not slow would be worth nothing."""
    assert min(view.loader for view in slow) >= LATENCY_SECONDS, "The line was not throttled."
    slowdown = median(view.work for view in slow) / fast.work
    assert slowdown > CPU_SLOWDOWN / 2, f"The processor was slowed down {slowdown:.1f} times."
