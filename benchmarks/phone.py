"""A phone on a bad line: Chromium with a throttled network and processor, and what it noticed."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.conftest import launch
from tools import browsers

from .tab import Tab, opened

LATENCY_SECONDS = 0.150
CPU_SLOWDOWN = 4
SLOW_LINE = {
    "offline": False,
    "latency": LATENCY_SECONDS * 1e3,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
LONG_TASK_MILLISECONDS = 50
QUIET_SECONDS = 0.5
ALONE_SECONDS = 2.0

#: With the frame in its page's own process, what throttles the page throttles the frame, and the
#: page is told of the frame's long tasks.
ONE_PROCESS = "--disable-site-isolation-trials"

#: Belongs into the head of the page. A time is taken once it is painted.
WATCH = """<script>
const seen = { tasks: [], usable: 0 };
new PerformanceObserver((list) => list.getEntries().forEach(({ duration }) => {
  seen.tasks.push(duration);
})).observe({ type: 'longtask', buffered: true });
addEventListener('threesteps:ready', () => requestAnimationFrame(() => setTimeout(() => {
  seen.usable ||= performance.now();
})));
</script>"""

LOADER = "performance.getEntriesByType('resource').find((it) => it.name.endsWith('embed.js'))"

#: In the frame: types a ZIP code, watches for the cards, and says where the button is.
ASK = """(() => {
  window.seen = { pressed: 0, shown: 0 };
  addEventListener('click', ({ timeStamp }) => { seen.pressed = timeStamp; }, true);
  new MutationObserver((_, observer) => {
    if (!document.querySelector('.card')) return;
    observer.disconnect();
    requestAnimationFrame(() => setTimeout(() => { seen.shown = performance.now(); }));
  }).observe(document, { childList: true, subtree: true });
  document.querySelector('.ask [name=zip]').value = '94110';
  const { x, y, width, height } = document.querySelector('.ask button').getBoundingClientRect();
  return { x: x + width / 2, y: y + height / 2 };
})()"""

#: In the page: where the frame is.
FRAME = """(() => {
  const frame = document.querySelector('three-steps').shadowRoot.querySelector('iframe');
  const { x, y } = frame.getBoundingClientRect();
  return { x, y };
})()"""

#: A fixed amount of work, to compare processors by.
WORK = """(() => {
  const begin = performance.now();
  for (let n = 0, sum = 0; n < 1e7; n += 1) sum += Math.sqrt(n);
  return performance.now() - begin;
})()"""

STORED_KEYS = """(async () => {
  const length = (area) => { try { return window[area].length; } catch { return 0; } };
  const databases = await indexedDB.databases().catch(() => []);
  const stores = await caches.keys().catch(() => []);
  return length('localStorage') + length('sessionStorage') + databases.length + stores.length;
})()"""


@dataclass
class Request:
    """One request of a page view, with all its bytes, headers too."""

    method: str
    url: str
    size: float = 0


@dataclass(frozen=True)
class View:
    """One page view with the widget in it, from navigation on, in seconds.

    ``blocked`` is the total blocking time of page and frame, ``requests`` are those until half a
    second after it was usable, ``kept`` counts cookies and stored keys. ``loader`` is how long
    the loader took to come, and ``work`` a fixed amount of work: they say that throttling applies.
    """

    usable: float
    blocked: float
    find_to_shown: float
    loader: float
    work: float
    kept: int
    requests: tuple[Request, ...]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium, for this machine only and with every frame in its page's process."""
    with sync_playwright() as playwright:
        browser = launch(playwright, "chromium", browsers.need("chromium"), ONE_PROCESS)
        yield browser
        browser.close()


def view(browser: Browser, address: str, *, slow: bool) -> View:
    """Open a page that has WATCH and the widget in it, find legislators, and note the times."""
    with opened(browser) as tab:
        requests = _record(tab)
        if slow:
            _slow_down(tab)
        tab.send("Page.navigate", url=address)
        usable = tab.wait(lambda: tab.evaluate("typeof seen == 'object' && seen.usable"))
        tab.rest(QUIET_SECONDS)
        first_view = tuple(requests.values())
        blocked = _blocked(tab)
        frame = _frame_context(tab)
        return View(
            usable=usable / 1e3,
            blocked=blocked,
            find_to_shown=_find(tab, frame) / 1e3,
            loader=tab.evaluate(f"{LOADER}.duration") / 1e3,
            work=tab.evaluate(WORK, frame) / 1e3,
            kept=len(tab.send("Network.getCookies")["cookies"]) + tab.evaluate(STORED_KEYS, frame),
            requests=first_view,
        )


def blocked_alone(browser: Browser, address: str) -> float:
    """The total blocking time on the slow phone of a page that has WATCH in it, but no widget."""
    with opened(browser) as tab:
        tab.send("Network.enable")
        _slow_down(tab)
        tab.send("Page.navigate", url=address)
        tab.rest(ALONE_SECONDS)
        return _blocked(tab)


def _slow_down(tab: Tab) -> None:
    tab.send("Network.emulateNetworkConditions", **SLOW_LINE)
    tab.send("Emulation.setCPUThrottlingRate", rate=CPU_SLOWDOWN)


def _blocked(tab: Tab) -> float:
    """Of every task that was longer than 50 ms, what is over that, in seconds."""
    tasks: list[float] = tab.evaluate("seen.tasks")
    return sum(task - LONG_TASK_MILLISECONDS for task in tasks) / 1e3


def _record(tab: Tab) -> dict[str, Request]:
    """The requests by their ids, filled while they go on."""
    requests: dict[str, Request] = {}

    def note(event: Any) -> None:
        asked = event["request"]
        requests[event["requestId"]] = Request(asked["method"], asked["url"])

    def measure(event: Any) -> None:
        requests[event["requestId"]].size = event["encodedDataLength"]

    tab.on("Network.requestWillBeSent", note)
    tab.on("Network.loadingFinished", measure)
    tab.send("Network.enable")
    return requests


def _frame_context(tab: Tab) -> int:
    """Where the frame's scripts run."""
    contexts: list[Any] = []
    tab.on("Runtime.executionContextCreated", lambda event: contexts.append(event["context"]))
    tab.send("Runtime.enable")
    page = tab.evaluate("origin")
    return tab.wait(
        lambda: next((int(each["id"]) for each in contexts if each["origin"] != page), None)
    )


def _find(tab: Tab, frame: int) -> float:
    """Milliseconds from pressing the button to the painted cards."""
    button, offset = tab.evaluate(ASK, frame), tab.evaluate(FRAME)
    place = {"x": button["x"] + offset["x"], "y": button["y"] + offset["y"]}
    for step in ("mousePressed", "mouseReleased"):
        tab.send("Input.dispatchMouseEvent", type=step, button="left", clickCount=1, **place)
    return float(tab.wait(lambda: tab.evaluate("seen.shown && seen.shown - seen.pressed", frame)))
