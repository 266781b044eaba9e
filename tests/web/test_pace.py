"""Nobody asks more often than they may, and nobody waits for somebody else."""

from widget_server.web.pace import Pace


def test_so_many_are_allowed_and_no_more() -> None:
    pace = Pace(most=2, seconds=60)
    assert [pace.allows("harbor") for _ in range(3)] == [True, True, False]


def test_others_do_not_wait() -> None:
    pace = Pace(most=1, seconds=60)
    assert pace.allows("harbor")
    assert pace.allows("beacon")


def test_after_a_while_it_is_allowed_again() -> None:
    now = [0.0]
    pace = Pace(most=1, seconds=60, clock=lambda: now[0])
    assert pace.allows("harbor")
    now[0] = 59.0
    assert not pace.allows("harbor")
    now[0] = 60.0
    assert pace.allows("harbor")
