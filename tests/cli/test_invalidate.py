"""``threesteps invalidate`` and ``review``: seen first, then done, and undone."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from tests.cli.conftest import Run
from tests.store.rows import recording, submission
from widget_server.store import Store, audit
from widget_server.store.invalidations import ROWS_AT_ONCE
from widget_server.submit import record_all

RunJson = Callable[..., Any]


@pytest.fixture(autouse=True)
def submitted(store: Store) -> None:
    for sent in (
        submission("a", "ada", "harbor", signs="many"),
        submission("b", "ada", "beacon"),
        submission("c", "bo", "harbor", signs="fast,many"),
        submission("d", "cy", "beacon"),
        submission("e", "dee", "harbor", status="held", signs="trap"),
        submission("f", "ed", "beacon", status="held", signs="fast"),
    ):
        store.write(recording(sent)).result()


def counted(run_json: RunJson) -> dict[str, int]:
    """What is counted of the campaign, together."""
    found = run_json("counts", "--campaign", "hketo")
    kinds = ("submitted", "supporters", "overlap")
    totals = {kind: sum(each["totals"][kind] for each in found) for kind in kinds}
    return totals | {kind: sum(each[kind] for each in found) for kind in ("held", "invalidated")}


@pytest.fixture(autouse=True)
def partners(run: Run) -> None:
    for name in ("Harbor", "Beacon"):
        assert run("partner", "add", name, "--site", f"{name}.example").exit_code == 0


def decided(run: Run) -> str:
    """The id of the newest decision."""
    return str(run("invalidate", "hketo", "--list").stdout.split()[0])


BEFORE = {"submitted": 4, "supporters": 3, "overlap": 1, "held": 2, "invalidated": 0}


def test_a_preview_says_what_is_meant_and_changes_nothing(run: Run, run_json: RunJson) -> None:
    result = run("invalidate", "hketo", "--signs", "many")
    assert result.exit_code == 0
    lines = [line.split() for line in result.stdout.splitlines()]
    assert ["harbor", "2026-11-22", "2", "2"] in lines
    assert ["Total", "2", "2"] in lines
    assert counted(run_json) == BEFORE


def test_what_is_invalidated_brings_nobody_and_can_be_undone(run: Run, run_json: RunJson) -> None:
    result = run("invalidate", "hketo", "--signs", "many", "--yes")
    assert "2 invalidated. Undo it with" in result.stdout
    after = {"submitted": 4, "supporters": 2, "overlap": 0, "held": 2, "invalidated": 2}
    assert counted(run_json) == after
    assert run("recount", "--check").exit_code == 0
    assert "2 are as they were." in run("invalidate", "hketo", "--undo", decided(run)).stdout
    assert counted(run_json) == BEFORE
    assert run("recount", "--check").exit_code == 0


def test_a_decision_is_listed_with_its_rule_and_its_undoing(run: Run) -> None:
    run("invalidate", "hketo", "--signs", "many", "--yes")
    run("invalidate", "hketo", "--undo", decided(run))
    line = run("invalidate", "hketo", "--list").stdout
    assert re.fullmatch(r"[0-9a-f]{8}  .+  2  signs='many', undone 20\d\d-\d\d-\d\d\n", line)


def test_every_decision_is_noted_in_the_audit(run: Run, store: Store) -> None:
    run("invalidate", "hketo", "--signs", "many", "--yes")
    run("review", "hketo", "--signs", "fast", "--accept")
    with store.read() as connection:
        noted = {(each.what, each.details.get("signs")) for each in audit.latest(connection, 9)}
    assert {("submissions invalidated", "many"), ("submissions accepted", "fast")} <= noted


def test_what_takes_several_batches_is_done_to_its_end(
    run: Run, run_json: RunJson, store: Store
) -> None:
    number = 2 * ROWS_AT_ONCE + 1
    crowd = [submission(f"crowd-{n}", f"p{n}", "harbor", signs="trap") for n in range(number)]
    store.write(lambda connection: record_all(connection, crowd)).result()
    assert f"{number} invalidated" in run("invalidate", "hketo", "--signs", "trap", "--yes").stdout
    assert counted(run_json)["invalidated"] == number
    run("invalidate", "hketo", "--undo", decided(run))
    assert counted(run_json) == {
        **BEFORE,
        "submitted": BEFORE["submitted"] + number,
        "supporters": BEFORE["supporters"] + number,
    }


def test_without_a_rule_nothing_is_invalidated(run: Run, run_json: RunJson) -> None:
    assert run("invalidate", "hketo", "--yes").exit_code == 2
    assert counted(run_json) == BEFORE


@pytest.mark.parametrize(
    "arguments",
    [
        ("invalidate", "hketo", "--signs", "disposable", "--yes"),
        ("invalidate", "hketo", "--undo", "nothing"),
        ("review", "hketo", "--signs", "many"),
        ("review", "nothing"),
    ],
)
def test_what_is_not_there_is_said_in_a_sentence(run: Run, arguments: tuple[str, ...]) -> None:
    result = run(*arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("threesteps: ")


def test_what_is_held_is_counted_once_it_is_accepted(run: Run, run_json: RunJson) -> None:
    assert "1 accepted." in run("review", "hketo", "--signs", "fast", "--accept").stdout
    after = {"submitted": 5, "supporters": 4, "overlap": 1, "held": 1, "invalidated": 0}
    assert counted(run_json) == after


def test_what_is_rejected_is_invalidated_and_can_be_held_again(run: Run, run_json: RunJson) -> None:
    assert "2 rejected." in run("review", "hketo", "--reject").stdout
    assert counted(run_json) == {**BEFORE, "submitted": 6, "held": 0, "invalidated": 2}
    run("invalidate", "hketo", "--undo", decided(run))
    assert counted(run_json) == BEFORE
