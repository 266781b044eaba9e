"""What a campaign keeps back of its numbers, its partners do not see."""

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from widget_server.campaigns import Campaigns, shipped_campaigns
from widget_server.report import counts, placements
from widget_server.report.counts import Counts
from widget_server.report.discretion import read
from widget_server.settings import Settings
from widget_server.store import Store, partners, tallies
from widget_server.store.tallies import TallyKey

SUNDAY, MONDAY, TUESDAY = date(2026, 11, 22), date(2026, 11, 23), date(2026, 11, 24)
#: Already Wednesday in UTC, still Tuesday where the campaign counts its days.
NOW = datetime(2026, 11, 25, 3, tzinfo=UTC)
TALLIES = {
    TallyKey("hketo", "harbor", SUNDAY, "submitted"): 4,
    TallyKey("hketo", "harbor", MONDAY, "submitted", "footer"): 27,
    TallyKey("hketo", "harbor", MONDAY, "held"): 13,
    TallyKey("hketo", "harbor", TUESDAY, "submitted", "footer"): 15,
    TallyKey("other", "harbor", TUESDAY, "submitted"): 3,
}


def set_up(connection: Connection) -> None:
    partners.add(connection, "Harbor", ["a.example"], NOW)
    tallies.add(connection, TALLIES)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(Settings(home=tmp_path / "home"), serving=True) as opened:
        opened.write(set_up).result()
        yield opened


def campaigns(folder: Path, *switches: str) -> Campaigns:
    """The shipped campaign with these lines among its switches."""
    own = folder / "campaigns" / "hketo"
    shutil.copytree(shipped_campaigns() / "hketo", own)
    file = own / "campaign.toml"
    said = "\n".join(("keep_district = false", *switches))
    file.write_text(file.read_text().replace("keep_district = false", said))
    loaded = Campaigns.load([own.parent])
    assert loaded.problems == ()
    return loaded


def seen(store: Store, known: Campaigns, campaign: str | None = "hketo") -> Counts:
    with store.read() as connection:
        return read(connection, "harbor", known, NOW).counts(campaign)


def submitted(found: Counts) -> list[tuple[date, int]]:
    return [(day.day, day.counts["submitted"]) for day in found.days]


def test_without_either_switch_a_partner_sees_every_number(store: Store, tmp_path: Path) -> None:
    found = seen(store, campaigns(tmp_path))
    with store.read() as connection:
        assert found == counts.read(connection, partner="harbor", campaign="hketo")
        all_seen = read(connection, "harbor", Campaigns.load([]), NOW)
        labelled = all_seen.placements(connection, "hketo")
        assert labelled == placements.together(placements.read(connection, found))


def test_placements_add_up_to_all_campaigns_labelled_or_not(store: Store) -> None:
    with store.read() as connection:
        labelled = read(connection, "harbor", Campaigns.load([]), NOW).placements(connection)
    assert [each.totals["submitted"] for each in labelled] == [42, 7]


def test_numbers_are_rounded_down_and_a_day_of_few_is_no_day(store: Store, tmp_path: Path) -> None:
    found = seen(store, campaigns(tmp_path, "count_floor = 10"))
    assert found.totals["submitted"] == 40
    assert submitted(found) == [(MONDAY, 20), (TUESDAY, 10)]
    assert found.aside == {"held": 10, "invalidated": 0}


def test_the_last_days_are_kept_back(store: Store, tmp_path: Path) -> None:
    found = seen(store, campaigns(tmp_path, "count_delay = 1"))
    assert found.totals["submitted"] == 31
    assert submitted(found) == [(SUNDAY, 4), (MONDAY, 27)]


def test_the_days_are_those_of_the_campaign_and_not_of_utc(store: Store, tmp_path: Path) -> None:
    found = seen(store, campaigns(tmp_path, "count_delay = 2"))
    assert submitted(found) == [(SUNDAY, 4)]


def test_one_more_submission_shows_in_no_number(store: Store, tmp_path: Path) -> None:
    known = campaigns(tmp_path, "count_floor = 10")
    before = seen(store, known)
    key = TallyKey("hketo", "harbor", TUESDAY, "submitted", "footer")
    store.write(lambda connection: tallies.add(connection, {key: 1})).result()
    assert seen(store, known) == before


def test_placements_are_as_discreet_as_the_numbers(store: Store, tmp_path: Path) -> None:
    known = campaigns(tmp_path, "count_floor = 10", "count_delay = 1")
    with store.read() as connection:
        found = read(connection, "harbor", known, NOW).placements(connection, "hketo")
    numbers = [(each.label, each.totals["submitted"], dict(each.days)) for each in found]
    assert [(label, total, list(days)) for label, total, days in numbers] == [
        ("footer", 20, [MONDAY]),
        ("", 0, []),
    ]


def test_together_they_are_what_each_campaign_shows(store: Store, tmp_path: Path) -> None:
    known = campaigns(tmp_path, "count_floor = 10")
    found = seen(store, known, campaign=None)
    with store.read() as connection:
        each = read(connection, "harbor", known, NOW).each
    assert [entry.totals["submitted"] for entry in each] == [40, 3]
    assert found.totals["submitted"] == 43
    assert submitted(found) == [(MONDAY, 20), (TUESDAY, 13)]


def test_a_partner_without_numbers_has_zeros(store: Store, tmp_path: Path) -> None:
    with store.read() as connection:
        found = read(connection, "nobody", campaigns(tmp_path), NOW).counts()
        assert found == counts.read(connection, partner="nobody")
