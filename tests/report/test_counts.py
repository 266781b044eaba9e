"""Tallies in, the numbers that everybody sees out."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection

from widget_server.model import COUNT_KINDS
from widget_server.report.counts import Counts, as_csv, as_json, read, read_campaigns, read_each
from widget_server.settings import Settings
from widget_server.store import Store, partners, tallies
from widget_server.store.tallies import TallyKey

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)
TALLIES = Counter(
    {
        TallyKey("hketo", "harbor", MONDAY, "shown"): 40,
        TallyKey("hketo", "harbor", TUESDAY, "shown"): 2,
        TallyKey("hketo", "harbor", TUESDAY, "submitted"): 1,
        TallyKey("other", "harbor", TUESDAY, "submitted"): 5,
        TallyKey("hketo", "beacon", MONDAY, "shown"): 7,
        TallyKey("hketo", "", MONDAY, "found"): 3,
    }
)


def set_up(connection: Connection) -> None:
    for name in ("Harbor", "Beacon", "Lantern"):
        partners.add(connection, name, ["a.example"], datetime(2026, 11, 22, tzinfo=UTC))
    tallies.add(connection, TALLIES)


@pytest.fixture
def store(tmp_path: Path, database_url: str | None) -> Iterator[Store]:
    settings = Settings(home=tmp_path, database_url=database_url)
    with Store.open(settings, serving=True) as opened:
        opened.write(set_up).result()
        yield opened


def counted(store: Store, partner: str | None = None, campaign: str | None = None) -> Counts:
    with store.read() as connection:
        return read(connection, partner=partner, campaign=campaign)


def some(counts: Counts) -> dict[str, int]:
    """The totals that are not zero."""
    return {kind: number for kind, number in counts.totals.items() if number}


def test_totals_of_a_partner_span_days_and_campaigns(store: Store) -> None:
    assert some(counted(store, "harbor")) == {"shown": 42, "submitted": 6}


def test_what_is_set_aside_is_told_beside_the_totals_and_in_no_day(store: Store) -> None:
    held = {TallyKey("hketo", "harbor", date(2026, 11, 25), "held"): 3}
    store.write(lambda connection: tallies.add(connection, held)).result()
    found = as_json(counted(store, "harbor"))
    assert (found["held"], found["invalidated"]) == (3, 0)
    assert "held" not in found["totals"]
    assert [day["day"] for day in found["days"]] == ["2026-11-23", "2026-11-24"]


def test_a_campaign_can_be_counted_alone(store: Store) -> None:
    assert some(counted(store, "harbor", "hketo")) == {"shown": 42, "submitted": 1}


def test_without_a_partner_everybody_is_counted_together(store: Store) -> None:
    assert some(counted(store)) == {"shown": 49, "found": 3, "submitted": 6}


def test_a_partner_without_visitors_has_zeros(store: Store) -> None:
    lantern = counted(store, "lantern")
    assert dict(lantern.totals) == dict.fromkeys(COUNT_KINDS, 0)
    assert lantern.days == ()


def test_days_come_in_order_and_add_up_to_the_totals(store: Store) -> None:
    harbor = counted(store, "harbor")
    assert [day.day for day in harbor.days] == [MONDAY, TUESDAY]
    for kind in COUNT_KINDS:
        assert sum(day.counts[kind] for day in harbor.days) == harbor.totals[kind]


def test_numbers_of_several_processes_are_added_up(store: Store) -> None:
    key = TallyKey("hketo", "lantern", MONDAY, "shown")

    def add(connection: Connection) -> None:
        for shard in (1, 2, 1):
            tallies.add(connection.execution_options(shard=shard), {key: 10})

    store.write(add).result()
    assert counted(store, "lantern").totals["shown"] == 30


def test_each_partner_is_listed_and_nobodys_visits_come_last(store: Store) -> None:
    with store.read() as connection:
        each = read_each(connection)
    assert [entry.partner for entry in each] == ["beacon", "harbor", "lantern", None]
    assert some(each[-1]) == {"found": 3}


def test_nobodys_visits_are_not_listed_when_there_are_none(store: Store) -> None:
    with store.read() as connection:
        each = read_each(connection, campaign="other")
    assert [entry.partner for entry in each] == ["beacon", "harbor", "lantern"]


def test_json_has_the_shape_of_the_api(store: Store) -> None:
    found = as_json(counted(store, "harbor", "hketo"))
    zeros = dict.fromkeys(COUNT_KINDS, 0)
    assert found == {
        "partner": "harbor",
        "campaign": "hketo",
        "totals": {**zeros, "shown": 42, "submitted": 1},
        "days": [
            {"day": "2026-11-23", **zeros, "shown": 40},
            {"day": "2026-11-24", **zeros, "shown": 2, "submitted": 1},
        ],
        "held": 0,
        "invalidated": 0,
    }


def test_csv_is_a_header_and_a_line_a_day(store: Store) -> None:
    assert as_csv(counted(store, "harbor", "hketo")).splitlines() == [
        "day,shown,found,acted,tweet,email,call,share,submitted,supporters,overlap",
        "2026-11-23,40,0,0,0,0,0,0,0,0,0",
        "2026-11-24,2,0,0,0,0,0,0,1,0,0",
    ]


def test_the_campaigns_of_a_partner_are_counted_apart(store: Store) -> None:
    with store.read() as connection:
        each = read_campaigns(connection, "harbor")
    assert [(entry.campaign, some(entry)) for entry in each] == [
        ("hketo", {"shown": 42, "submitted": 1}),
        ("other", {"submitted": 5}),
    ]
