"""The demo's made-up month: alive to look at, and true to its own rows."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import func, select

from widget_server.campaigns import Campaigns, campaign_parents
from widget_server.compose.check import check
from widget_server.demo.first_start import SECOND, Past, write_second_campaign
from widget_server.demo.month import DAYS, NEWS_DAYS_AGO
from widget_server.demo.sites import SITES
from widget_server.find.roster import Roster
from widget_server.keys import Keyring
from widget_server.report import bringers, counts, districts, placements
from widget_server.settings import Settings
from widget_server.store import Store, audit
from widget_server.store.placements import seen
from widget_server.store.recount import differences
from widget_server.store.schema import submissions

#: A Sunday; and one after the packaged campaign's end.
TODAY, LATER = datetime(2026, 11, 22, 17, tzinfo=UTC), datetime(2027, 2, 1, 17, tzinfo=UTC)
SITE = "http://localhost:8000"


def begun(home: Path, now: datetime) -> Store:
    """The store of a demo that was started at this instant."""
    settings = Settings(home=home, keys=home / "keys")
    write_second_campaign(home / "campaigns", now)
    campaigns = Campaigns.load(campaign_parents(settings)).all()
    past = Past(now, SITE, campaigns, Roster.newest(home).people(now), Keyring.open(home / "keys"))
    store = Store.open(settings, serving=True)
    store.write(past.write).result()
    return store


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def store(home: Path) -> Iterator[Store]:
    with begun(home, TODAY) as opened:
        yield opened


def test_every_number_equals_a_recount_of_its_rows(store: Store) -> None:
    with store.read() as connection:
        assert differences(connection) == ()


def test_nothing_personal_is_in_it(store: Store) -> None:
    with store.read() as connection:
        assert connection.execute(select(func.count(submissions.c.envelope))).scalar_one() == 0


def test_every_day_of_the_month_has_submissions(store: Store) -> None:
    with store.read() as connection:
        days = [day.day for day in counts.read(connection).days if day.counts["submitted"]]
    assert len(days) == DAYS
    assert days[-1] == TODAY.date()
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))


def test_one_day_was_in_the_news_and_weekends_are_quiet(store: Store) -> None:
    with store.read() as connection:
        days = {day.day: day.counts["submitted"] for day in counts.read(connection).days}
    news = TODAY.date() - timedelta(days=NEWS_DAYS_AGO)
    assert max(days, key=lambda day: days[day]) == news
    ordinary = {day: n for day, n in days.items() if abs((day - news).days) > 3}
    by_weekend: Counter[bool] = Counter()
    for day, number in ordinary.items():
        by_weekend[day.weekday() > 4] += number
    weekends = sum(day.weekday() > 4 for day in ordinary)
    assert by_weekend[True] / weekends < by_weekend[False] / (len(ordinary) - weekends) / 1.5


def test_every_partner_has_numbers_of_every_kind(store: Store) -> None:
    with store.read() as connection:
        found = bringers.read(connection)
    assert len(found) == len(SITES) + 1
    assert all(each.totals[kind] for each in found for kind in ("shown", "acted", "supporters"))
    assert sum(each.totals["overlap"] for each in found)


def test_the_first_partner_has_labels_sites_and_one_that_was_refused(store: Store) -> None:
    with store.read() as connection:
        labels = placements.read(connection, counts.read(connection, partner="harbor-voices"))
        origins = seen(connection, "harbor-voices")
    assert {"article", "footer", "newsletter"} <= {each.label for each in labels}
    assert [origin.refused for origin in origins] == [False, True]


def test_the_second_campaign_keeps_districts_from_many_states(store: Store) -> None:
    with store.read() as connection:
        states = districts.by_state(districts.read(connection, [SECOND])[SECOND])
    assert len(states) > 30


def test_the_second_campaign_has_no_mistake_and_says_what_it_keeps(
    store: Store, home: Path
) -> None:
    folder = home / "campaigns" / SECOND
    assert check(folder) == []
    kept = {"en": "your district", "es": "su distrito, su idioma", "zh-Hant": "選區、語言、"}
    for language, words in kept.items():
        assert words in (folder / f"{language}.md").read_text("utf-8")


def test_there_is_a_history(store: Store) -> None:
    with store.read() as connection:
        entries = audit.latest(connection, 99)
    assert len(entries) > len(SITES)
    assert entries[0].at < TODAY


def test_after_the_campaigns_end_the_month_is_its_last(tmp_path: Path) -> None:
    with begun(tmp_path, LATER) as store, store.read() as connection:
        days = counts.read(connection, campaign="hketo").days
    assert days[-1].day.isoformat() == "2027-01-03"
