"""Labelled tallies in, the numbers of each placement out."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from widget_server.model import COUNT_KINDS
from widget_server.report import counts, placements
from widget_server.report.placements import Placement
from widget_server.settings import Settings
from widget_server.store import Store, tallies
from widget_server.store.tallies import TallyKey

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
TALLIES = Counter(
    {
        TallyKey("hketo", "harbor", MONDAY, "shown", "banner"): 900,
        TallyKey("hketo", "harbor", MONDAY, "supporters", "banner"): 1,
        TallyKey("hketo", "harbor", TUESDAY, "shown", "footer"): 40,
        TallyKey("hketo", "harbor", TUESDAY, "supporters", "footer"): 7,
        TallyKey("hketo", "harbor", TUESDAY, "shown"): 5,
        TallyKey("other", "harbor", TUESDAY, "shown", "mail"): 3,
        TallyKey("hketo", "beacon", MONDAY, "shown", "footer"): 70,
    }
)


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    settings = Settings(home=tmp_path, database_url=database_url)
    with Store.open(settings, serving=True) as opened:
        opened.write(lambda connection: tallies.add(connection, TALLIES)).result()
        yield opened


def read(store: Store, partner: str, campaign: str | None = None) -> tuple[Placement, ...]:
    with store.read() as connection:
        numbers = counts.read(connection, partner=partner, campaign=campaign)
        return placements.together(placements.read(connection, numbers))


def test_placements_are_ranked_by_whom_they_brought_never_by_what_was_shown(store: Store) -> None:
    found = read(store, "harbor", "hketo")
    assert [each.label for each in found] == ["footer", "banner", ""]


def test_what_has_no_label_is_the_rest(store: Store) -> None:
    unlabelled = read(store, "harbor", "hketo")[-1]
    assert unlabelled.totals == dict.fromkeys(COUNT_KINDS, 0) | {"shown": 5}


def test_without_labels_there_are_no_placements(store: Store) -> None:
    assert read(store, "lantern") == ()


def test_the_lines_of_the_csv_add_up_to_the_counts(store: Store) -> None:
    with store.read() as connection:
        numbers = counts.read(connection, partner="harbor")
    lines = csv.DictReader(io.StringIO(placements.as_csv(read(store, "harbor"))))
    sums: Counter[tuple[str, str]] = Counter()
    for line in lines:
        sums.update({(line["day"], kind): int(line[kind]) for kind in COUNT_KINDS})
    days = {day.day.isoformat(): day.counts for day in numbers.days}
    assert sums == Counter({(day, kind): n for day, k in days.items() for kind, n in k.items()})
