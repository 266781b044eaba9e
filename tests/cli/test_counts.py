"""``threesteps counts``: every partner's numbers, or one's day by day."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from tests.cli.conftest import Run
from widget_server.store import Store, tallies
from widget_server.store.tallies import TallyKey

DAY = date(2026, 11, 22)
RunJson = Callable[..., Any]


@pytest.fixture(autouse=True)
def counted(run: Run, store: Store) -> None:
    """Two partners, and a visit that nobody brought."""
    for name in ("Harbor", "Beacon"):
        run("partner", "add", name, "--site", f"{name}.example")
    numbers = {
        TallyKey("hketo", "harbor", DAY, "shown"): 1_234_567,
        TallyKey("other", "harbor", DAY, "shown"): 1,
        TallyKey("hketo", "", DAY, "shown"): 5,
    }
    store.write(lambda connection: tallies.add(connection, numbers)).result()


def test_without_a_partner_the_json_is_a_list(run_json: RunJson) -> None:
    found = run_json("counts")
    assert [(entry["partner"], entry["totals"]["shown"]) for entry in found] == [
        ("harbor", 1_234_568),
        ("beacon", 0),
        (None, 5),
    ]


def test_with_a_partner_the_json_is_one_object(run_json: RunJson) -> None:
    found = run_json("counts", "--partner", "harbor", "--campaign", "hketo")
    assert (found["partner"], found["campaign"]) == ("harbor", "hketo")
    assert found["totals"]["shown"] == found["days"][0]["shown"] == 1_234_567


def test_the_table_cuts_no_number_short(run: Run) -> None:
    table = run("counts").stdout
    assert "1,234,568" in table
    assert "(unattributed)" in table
    assert "…" not in table


def test_a_partners_table_has_its_days(run: Run) -> None:
    table = run("counts", "--partner", "harbor").stdout
    assert "2026-11-22" in table
    assert "Total" in table


def test_what_is_set_aside_is_told_below_the_table(run: Run, store: Store) -> None:
    assert "held" not in run("counts").stdout
    held = {TallyKey("hketo", "harbor", DAY, "held"): 1_200}
    store.write(lambda connection: tallies.add(connection, held)).result()
    assert "1,200 held.\n" in run("counts").stdout


def test_an_unknown_partner_is_refused_with_a_sentence(run: Run) -> None:
    result = run("counts", "--partner", "nobody", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no partner 'nobody'" in result.stderr


def test_an_unknown_campaign_is_refused_with_a_sentence(run: Run) -> None:
    result = run("counts", "--campaign", "hekto", "--json")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no campaign 'hekto'" in result.stderr


def test_a_campaign_that_is_gone_keeps_its_numbers(run_json: RunJson) -> None:
    assert run_json("counts", "--campaign", "other")[0]["totals"]["shown"] == 1
