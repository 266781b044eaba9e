"""Where submissions came from, where a campaign keeps that."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from widget_server.model import Submission
from widget_server.report import districts
from widget_server.settings import Settings
from widget_server.store import Store
from widget_server.submit import record_all

SENT = Submission(
    "taps", "v", None, None, "CA-11", "en", date(2026, 11, 22), None, None, "REFE-RENC"
)


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    settings = Settings(home=tmp_path, database_url=database_url)
    with Store.open(settings, serving=True) as opened:
        yield opened


def test_submissions_are_counted_by_district(store: Store) -> None:
    places = ["CA-11", "CA-12", "CA-11", "WY-0", None]
    sent = [replace(SENT, visit=f"v{n}", district=place) for n, place in enumerate(places)]
    other = replace(SENT, campaign="other", visit="o")
    store.write(lambda rows: record_all(rows, [*sent, other])).result()
    with store.read() as connection:
        counted = districts.read(connection, ["taps", "quiet"])
    assert counted == {"taps": {"CA-11": 2, "CA-12": 1, "WY-0": 1}, "quiet": {}}


def test_campaigns_are_added_up_the_largest_first() -> None:
    found = districts.together([{"WY-0": 1, "CA-11": 2}, {"WY-0": 4}])
    assert list(found.items()) == [("WY-0", 5), ("CA-11", 2)]


def test_districts_are_added_up_to_states() -> None:
    assert districts.by_state({"CA-11": 2, "CA-12": 3, "DC-0": 1}) == {"CA": 5, "DC": 1}
