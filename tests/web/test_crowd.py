"""Only so many at once."""

import pytest

from widget_server.errors import UnavailableError
from widget_server.web.crowd import Crowd


def test_one_too_many_is_told_to_come_again() -> None:
    crowd = Crowd(1)
    with crowd.joined(), pytest.raises(UnavailableError) as refused, crowd.joined():
        pass
    assert refused.value.retry_after_seconds > 0


def test_whoever_leaves_makes_room() -> None:
    crowd = Crowd(1)
    for _ in range(2):
        with crowd.joined():
            pass
