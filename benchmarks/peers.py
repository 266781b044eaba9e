"""Others' services and ours on the nearest they have in common, in one run, asked in turn.

Each runs as its own manual recommends. All are on this machine, and one at a time is asked.
"""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from statistics import median

from tests.serving import Served
from widget_server.keys import Keyring
from widget_server.tokens import Grant, Tokens

from .bare import bare
from .dearmep import dearmep
from .demo import MOST_SUBMISSIONS, demo
from .isso import isso
from .measure import Measure
from .peer import PeerError
from .widget import BROTLI, Widget
from .wrk import Load, Outcome, run

ROUNDS = 5
SECONDS = 2
CONNECTIONS = 32

Rates = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """What is much the same to a visitor, asked of us and of another; ``status`` is the answer."""

    name: str
    ours: Callable[[], Load]
    peer: str
    theirs: Load
    status: int = 200


def measure() -> list[Measure]:
    """How many times as many requests a second ours answers."""
    print("Peers: about three minutes ...", file=sys.stderr)
    with _ours() as (served, widget), bare(widget.document.url, BROTLI) as origin:
        hello = Load(f"{origin}/hello")
        return [
            *_compared(hello, lambda stack: _with_dearmep(stack, widget)),
            *_compared(hello, lambda stack: _with_isso(stack, served, widget)),
        ]


@contextmanager
def _ours() -> Iterator[tuple[Served, Widget]]:
    with demo() as served:
        yield served, Widget.of(served)


def _with_dearmep(stack: ExitStack, widget: Widget) -> list[Pair]:
    peer = stack.enter_context(dearmep())
    return [
        Pair("the widget's page", lambda: widget.document, "DearMEP", peer.page),
        Pair("who speaks for a place", widget.find, "DearMEP", peer.lookup),
    ]


def _with_isso(stack: ExitStack, served: Served, widget: Widget) -> list[Pair]:
    peer, counts = stack.enter_context(isso()), _counts(served, widget)
    people = SECONDS * MOST_SUBMISSIONS
    return [
        Pair("what is stored", lambda: counts, "Isso", peer.fetch),
        Pair("store something", lambda: widget.submit(people), "Isso", peer.post, status=201),
    ]


def _counts(served: Served, widget: Widget) -> Load:
    """The partner's numbers, as a program asks for them."""
    tokens = Tokens(Keyring.open(served.home / "keys").signing, lambda: datetime.now(UTC))
    assert widget.embed.partner
    key = tokens.api_key(Grant(widget.embed.partner, 1))
    headers = {"Authorization": f"Bearer {key}"}
    return Load(f"{served.origin}/api/v1/counts", headers=headers)


def _compared(hello: Load, pairs: Callable[[ExitStack], list[Pair]]) -> list[Measure]:
    """What came of each pair; nothing but a sentence when the peer cannot be had here."""
    with ExitStack() as stack:
        try:
            found = pairs(stack)
        except PeerError as error:
            print(f"Not compared: {error}", file=sys.stderr)
            return []
        rounds = [_round(hello, found) for _ in range(ROUNDS)]
        return [each for pair in found for each in _measures(pair, rounds)]


def _round(hello: Load, pairs: list[Pair]) -> Rates:
    """Requests a second of the bare hello, and of both of each pair.

    Ours must answer each as expected; of theirs, those count that are (a comment may find their
    database locked).
    """
    rates = {"hello": _run(hello).only(200).rate}
    for pair in pairs:
        rates[f"our {pair.name}"] = _run(pair.ours()).only(pair.status).rate
        theirs = _run(pair.theirs)
        rates[pair.name] = theirs.statuses.get(pair.status, 0) / theirs.seconds
    return rates


def _run(load: Load) -> Outcome:
    return run(replace(load, connections=CONNECTIONS), SECONDS)


def _measures(pair: Pair, rounds: list[Rates]) -> list[Measure]:
    rate = median(each[pair.name] for each in rounds)
    share = median(each[pair.name] / each["hello"] for each in rounds)
    times = median(each[f"our {pair.name}"] / each[pair.name] for each in rounds)
    peers = f"{pair.peer} {rate:,.0f}/s, {share:.4f} of hello"
    return [Measure(f"{pair.name}: ours : theirs", times, 1, "ratio", peers, at_least=True)]
