"""Everything that hypothesis can think of, and much like it, sent to every route.

No answer is one of our own failures, and what is stored afterwards stands a strict reading.
"""

import random
from collections import Counter
from collections.abc import Callable
from itertools import islice

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from tests.web.hostile.requests import EVERYTHING, Asked, asked
from tests.web.hostile.sender import Sender
from tests.web.hostile.stored import faults
from tests.web.hostile.variations import variations
from widget_server.web.service import Service

#: Requests to each route, and how many of them go back to the same few.
REQUESTS = 40
SIGNED_IN_REQUESTS = GROUP = 20
MANY_REQUESTS = 100_000
LARGE_GROUP = 200
#: At a time, as visitors come; what ends sessions or tokens comes alone.
AT_ONCE = 20
ENDING = ("/sign-out-everywhere", "/rotate", "/revoke")
#: oEmbed in a format that we do not write, as its specification has it.
SAID_SO = {501}

PARTS = ("w", "partner", "organiser", "others")
SIGNED_IN = {"partner", "organiser"}


@pytest.mark.soak
@pytest.mark.parametrize("part", PARTS)
def test_nothing_that_is_asked_is_our_failure(
    sender: Sender,
    service: Service,
    part: str,
    soaking: bool,
    figure: Callable[[str], None],
) -> None:
    few = SIGNED_IN_REQUESTS if part in SIGNED_IN else REQUESTS
    for method, path in EVERYTHING:
        if part_of(path) == part:
            number, group = (MANY_REQUESTS, LARGE_GROUP) if soaking else (few, GROUP)
            at_once = 1 if path.endswith(ENDING) else AT_ONCE
            statuses = asked_often(sender, asked(method, path), number // group, group, at_once)
            said = f"{method} {path}: {statuses.total()} requests, {dict(sorted(statuses.items()))}"
            print(said, flush=True)
            figure(said)
    assert faults(service) == []


def asked_often(
    sender: Sender, requests: st.SearchStrategy[Asked], groups: int, group: int, at_once: int
) -> Counter[int]:
    """What answered so many groups of requests; an AssertionError names one that failed."""
    statuses: Counter[int] = Counter()

    @settings(
        max_examples=groups,
        phases=[Phase.generate, Phase.shrink],
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.lists(requests, min_size=2, max_size=6), st.integers(0, 2**32))
    def every(some: list[Asked], seed: int) -> None:
        many = variations(some, group, random.Random(seed), sender.spelt)
        while sent := list(islice(many, at_once)):
            answers = sender.send(sent)
            statuses.update(answers)
            pairs = zip(sent, answers, strict=True)
            assert [each for each, status in pairs if is_failure(status)] == []

    every()
    return statuses


def is_failure(status: int) -> bool:
    """Whether it is ours."""
    return status >= 500 and status not in SAID_SO


def part_of(path: str) -> str:
    """Which part of the service a route belongs to."""
    first = path.split("/")[1]
    return first if first in PARTS else "others"
