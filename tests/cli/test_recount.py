"""``threesteps recount``: what differs in words, mended unless it is only to be compared."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import Connection

from tests.cli.conftest import Run
from tests.store.rows import DAY, recording, submission
from widget_server.store import Store
from widget_server.store.tallies import TallyKey, add

EXACT = "Every number equals a recount of its rows.\n"


@pytest.fixture(autouse=True)
def submitted(store: Store) -> None:
    for visit, partner in (("a", "harbor"), ("b", None)):
        store.write(recording(submission(visit, visit, partner))).result()


def miscount(connection: Connection) -> None:
    add(connection, {TallyKey("hketo", "", DAY, "submitted"): 1_000})


@pytest.fixture
def miscounted(store: Store) -> None:
    store.write(miscount).result()


def test_numbers_that_equal_their_rows_need_no_mending(run: Run) -> None:
    result = run("recount")
    assert (result.exit_code, result.stdout) == (0, EXACT)


@pytest.mark.usefixtures("miscounted")
def test_a_difference_is_said_in_words_and_mended(run: Run) -> None:
    result = run("recount")
    assert result.exit_code == 0
    assert result.stdout == (
        "hketo, (unattributed), 2026-11-22: submitted said 1,001, the rows say 1.\n"
        "1 number differs: mended.\n"
    )
    assert run("recount").stdout == EXACT


@pytest.mark.usefixtures("miscounted")
def test_after_a_mend_everybody_sees_the_right_numbers(
    run: Run, run_json: Callable[..., Any]
) -> None:
    assert [each["totals"]["submitted"] for each in run_json("counts")] == [1001]
    run("recount")
    assert [each["totals"]["submitted"] for each in run_json("counts")] == [1]


@pytest.mark.usefixtures("miscounted")
def test_a_check_changes_nothing_and_ends_with_1(run: Run) -> None:
    for _ in range(2):
        result = run("recount", "--check")
        assert result.exit_code == 1
        assert "1 number differs: `threesteps recount` mends that." in result.stdout


def test_a_check_of_exact_numbers_ends_with_0(run: Run) -> None:
    result = run("recount", "--check")
    assert (result.exit_code, result.stdout) == (0, EXACT)


@pytest.mark.usefixtures("miscounted")
def test_json_names_each_difference(run_json: Callable[..., Any]) -> None:
    difference = {
        "campaign": "hketo",
        "partner": None,
        "day": "2026-11-22",
        "kind": "submitted",
        "source": None,
        "tallied": 1001,
        "counted": 1,
    }
    assert run_json("recount") == {"campaign": None, "mended": True, "differences": [difference]}


@pytest.mark.usefixtures("miscounted")
def test_another_campaign_is_not_mended(run: Run, store: Store) -> None:
    store.write(recording(submission("c", "c", campaign="other"))).result()
    assert run("recount", "--campaign", "other").stdout == EXACT
    assert run("recount", "--check").exit_code == 1


def test_a_mistyped_campaign_is_refused_with_a_sentence(run: Run) -> None:
    result = run("recount", "--campaign", "hekto")
    assert result.exit_code == 1
    assert "no campaign 'hekto'" in result.stderr
