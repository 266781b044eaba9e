"""The funnel of a campaign, from totals."""

from widget_server.report.funnel import STEPS, funnel


def test_each_step_is_compared_with_the_one_before() -> None:
    totals = {"shown": 100, "found": 40, "acted": 50, "submitted": 0, "supporters": 0}
    stages = funnel(totals)
    assert [stage.of_all for stage in stages] == [1, 0.4, 0.5, 0, 0]
    assert [stage.of_before for stage in stages] == [None, 0.4, None, None, None]


def test_before_anything_was_counted_there_is_nothing_to_compare() -> None:
    stages = funnel(dict.fromkeys(STEPS, 0))
    assert {(stage.of_all, stage.of_before) for stage in stages} == {(0, None)}
