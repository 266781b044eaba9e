"""Who brought how many, and when the widget was last seen at work."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from widget_server.report import bringers
from widget_server.settings import Settings
from widget_server.store import Store, tallies
from widget_server.store.tallies import TallyKey

FRIDAY, SATURDAY = date(2026, 11, 20), date(2026, 11, 21)


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    settings = Settings(home=tmp_path, database_url=database_url)
    with Store.open(settings, serving=True) as opened:
        counts = {
            TallyKey("hketo", "harbor", FRIDAY, "supporters"): 2,
            TallyKey("hketo", "harbor", SATURDAY, "shown"): 9,
            TallyKey("taps", "beacon", FRIDAY, "supporters"): 3,
            TallyKey("hketo", "", FRIDAY, "supporters"): 99,
        }
        opened.write(lambda rows: tallies.add(rows, counts)).result()
        yield opened


def test_who_brought_most_supporters_comes_first_and_nobody_last(store: Store) -> None:
    with store.read() as connection:
        found = bringers.read(connection)
    assert [each.partner for each in found] == ["beacon", "harbor", ""]
    assert found[1].totals["shown"] == 9
    assert found[1].totals["overlap"] == 0


def test_the_last_day_is_that_of_any_number(store: Store) -> None:
    with store.read() as connection:
        days = {each.partner: each.last_day for each in bringers.read(connection)}
    assert days == {"beacon": FRIDAY, "harbor": SATURDAY, "": FRIDAY}


def test_one_campaign_alone_can_be_asked_for(store: Store) -> None:
    with store.read() as connection:
        found = bringers.read(connection, "taps")
    assert [each.partner for each in found] == ["beacon"]
